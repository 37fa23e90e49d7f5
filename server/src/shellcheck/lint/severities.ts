import type { Severity } from '../../rules/rule.js';
import { PORTABILITY } from './portability.js';

/**
 * - `error`: the shell refuses it, or it cannot do what it says
 * - `warning`: it goes on with another result than what is written leads to expect
 * - `hint`: it works; another way of writing it would be safer, shorter or more portable
 * - `off`: in a Dockerfile it tells of nothing that could go wrong
 */
export type RecommendedLevel = 'error' | 'warning' | 'hint' | 'off';

type Row = readonly [level: RecommendedLevel, reason: string];

const FAILS = 'the shell refuses it when it gets there';
const NEVER_RUNS = 'no such program: a slip of the pen in an assignment or a comparison';
const ALWAYS_SAME = 'the condition is always the same';
const TEXT_QUOTES = 'quotes in a text';
const FRAGILE = 'only strange file names would break it, and those of an image are known';
const ONE_WORD = 'what expands here is one word, or is meant to be several';
const STYLE = 'another way to write the same';
const TWIN = 'the other end of a problem that is reported already';
const ARGUMENTS = 'a RUN gets no arguments';

/**
 * What each code is worth in profile `recommended`, judged by findings in some 1,500 real Dockerfiles. A code that is not
 * here is an error where ShellCheck cannot parse the script, else a hint.
 */
export const SHELLCHECK_LEVELS: Readonly<Record<number, Row>> = {
  // The parser
  1001: ['hint', 'a backslash that changes nothing'],
  1007: ['warning', 'the variable is set to nothing'],
  1010: ['off', 'where a keyword is missing, the script cannot be parsed, which is reported; else it is a plain word'],
  1012: ['warning', 'an escape that is just a letter here'],
  1014: ['warning', 'it compares words instead of running the command'],
  1075: ['off', 'Docker joins the lines; the shell reads an if within else'],
  1083: ['warning', 'one brace too many or too few'],
  1105: ['off', 'the shells read a subshell'],
  1110: ['warning', 'a typographic quote quotes nothing'],
  1132: ['warning', 'an unquoted & in an address starts a job in the background'],

  // Conditions
  2050: ['warning', 'a comparison of two constants: a $ is missing'],
  2055: ['warning', ALWAYS_SAME],
  2056: ['warning', ALWAYS_SAME],
  2057: ['error', FAILS],
  2058: ['error', FAILS],
  2065: ['warning', 'it writes a file instead of comparing'],
  2070: ['error', 'always true without quotes'],
  2071: ['error', 'it compares texts, or writes a file'],
  2072: ['error', FAILS],
  2073: ['error', 'it writes a file instead of comparing'],
  2074: ['error', FAILS],
  2075: ['error', FAILS],
  2076: ['warning', 'quoted, a pattern is plain text'],
  2049: ['warning', 'a glob where a regular expression is expected'],
  2077: ['error', 'always true without spaces'],
  2078: ['error', ALWAYS_SAME],
  2079: ['error', FAILS],
  2080: ['error', 'read as an octal number'],
  2081: ['error', 'it never matches'],
  2107: ['error', FAILS],
  2108: ['error', FAILS],
  2109: ['error', FAILS],
  2110: ['error', FAILS],
  2122: ['error', FAILS],
  2144: ['error', 'it fails as soon as two files match'],
  2157: ['error', ALWAYS_SAME],
  2158: ['error', ALWAYS_SAME],
  2159: ['error', ALWAYS_SAME],
  2160: ['hint', STYLE],
  2170: ['error', FAILS],
  2171: ['warning', 'a bracket that opens nothing'],
  2193: ['warning', 'the two can never be equal'],
  2194: ['warning', 'a constant where a variable is meant: a $ is missing'],
  2195: ['warning', 'a branch that is never taken'],
  2198: ['warning', 'a test of several words fails'],
  2199: ['warning', 'a test of several words as one'],
  2200: ['warning', 'a test of several words fails'],
  2201: ['warning', 'braces do not expand here'],
  2202: ['warning', 'it fails as soon as two files match'],
  2203: ['warning', 'the pattern is plain text here'],
  2204: ['error', NEVER_RUNS],
  2205: ['warning', NEVER_RUNS],
  2221: ['warning', 'a branch that is never taken'],
  2222: ['off', TWIN],
  2252: ['warning', ALWAYS_SAME],
  2255: ['error', FAILS],
  2265: ['error', 'a single & does not combine conditions'],
  2266: ['error', 'a single | does not combine conditions'],
  2309: ['warning', 'it compares numbers, and this is none'],
  2319: ['warning', 'by now $? is that of another command'],
  2320: ['warning', 'by now $? is that of another command'],
  2333: ['warning', ALWAYS_SAME],
  2334: ['warning', ALWAYS_SAME],

  // Commands that do something else, or nothing
  2014: ['warning', 'it is run once, before find'],
  2032: ['warning', 'another program cannot call a function'],
  2033: ['warning', 'another program cannot call a function'],
  2036: ['warning', 'the variable does not get the output'],
  2037: ['error', 'the variable does not get the output, and the next word is run'],
  2067: ['error', FAILS],
  2082: ['error', FAILS],
  2083: ['error', NEVER_RUNS],
  2084: ['error', 'it runs the result'],
  2088: ['warning', 'in quotes ~ is not a home folder'],
  2089: ['warning', 'quotes in a variable are plain characters'],
  2090: ['off', TWIN],
  2091: ['warning', 'it runs the output'],
  2092: ['warning', 'it runs the output'],
  2093: ['warning', 'what follows is never run'],
  2094: ['warning', 'the file is emptied before it is read'],
  2097: ['warning', 'the variable is expanded before it is set'],
  2098: ['off', TWIN],
  2101: ['warning', 'outside brackets a class is a set of letters'],
  2104: ['error', FAILS],
  2105: ['error', FAILS],
  2117: ['warning', 'what follows is run by the user from before'],
  2121: ['warning', 'it sets the arguments, not the variable'],
  2123: ['warning', 'no program is found any longer'],
  2141: ['warning', 'a backslash and a letter are no line end'],
  2142: ['error', 'an alias has no arguments'],
  2145: ['warning', 'text is put to the first and the last word only'],
  2146: ['warning', 'the action belongs to the last condition only'],
  2147: ['warning', 'in quotes ~ is not a home folder'],
  2150: ['warning', 'find -exec starts no shell'],
  2151: ['error', FAILS],
  2152: ['error', FAILS],
  2168: ['error', FAILS],
  2182: ['error', 'the arguments are not printed'],
  2189: ['error', 'it redirects nothing'],
  2210: ['warning', 'it writes a file whose name is a number'],
  2211: ['warning', 'the first file that matches is run'],
  2215: ['warning', NEVER_RUNS],
  2218: ['error', 'the function is not known yet'],
  2224: ['error', FAILS],
  2225: ['error', FAILS],
  2226: ['warning', 'the link goes to the current folder'],
  2229: ['warning', 'it reads into a variable of another name'],
  2232: ['warning', 'sudo cannot run what is part of the shell'],
  2241: ['error', FAILS],
  2242: ['error', FAILS],
  2251: ['warning', 'it never fails the build'],
  2253: ['warning', '-r takes the right to read away'],
  2259: ['error', 'what is piped is not read'],
  2260: ['error', 'nothing goes through the pipe'],
  2261: ['error', 'only the last redirection gets the output'],
  2262: ['warning', 'an alias is not known in the command that sets it'],
  2264: ['error', 'the function calls itself without an end'],
  2304: ['error', 'the shell replaces * by file names'],
  2307: ['warning', 'it prints the text instead of calculating'],
  2316: ['error', 'it declares a variable of that name'],
  2318: ['warning', 'the variable still has its former value here'],
  2325: ['error', FAILS],
  2326: ['error', FAILS],
  2327: ['warning', 'the variable stays empty'],
  2328: ['off', TWIN],

  // Assignments that are commands
  2270: ['error', NEVER_RUNS],
  2271: ['error', NEVER_RUNS],
  2272: ['error', NEVER_RUNS],
  2273: ['error', NEVER_RUNS],
  2274: ['error', NEVER_RUNS],
  2275: ['error', NEVER_RUNS],
  2276: ['error', NEVER_RUNS],
  2277: ['error', NEVER_RUNS],
  2278: ['error', NEVER_RUNS],
  2279: ['error', NEVER_RUNS],
  2280: ['error', NEVER_RUNS],
  2281: ['error', NEVER_RUNS],
  2282: ['error', NEVER_RUNS],
  2283: ['error', NEVER_RUNS],
  2284: ['error', NEVER_RUNS],
  2285: ['error', NEVER_RUNS],
  2286: ['error', NEVER_RUNS],
  2287: ['error', NEVER_RUNS],
  2288: ['warning', NEVER_RUNS],
  2289: ['error', NEVER_RUNS],
  2290: ['error', 'spaces around = make two words of it'],
  2296: ['error', FAILS],
  2297: ['error', FAILS],
  2298: ['error', FAILS],
  2299: ['error', FAILS],
  2300: ['error', FAILS],
  2301: ['error', FAILS],

  // Variables, lists and loops
  2016: ['warning', 'a variable of this build that is not expanded'],
  2028: ['warning', 'this echo prints the escape as it is'],
  2034: ['warning', 'a leftover, or a misspelt name'],
  2041: ['warning', 'the loop gets the text, not the output'],
  2042: ['warning', 'commas do not separate'],
  2051: ['warning', 'the range is not expanded'],
  2054: ['warning', 'commas do not separate'],
  2066: ['warning', 'the loop runs once'],
  2128: ['warning', 'only the first element'],
  2153: ['warning', 'a misspelt name'],
  2154: ['warning', 'nothing sets it: a misspelt name'],
  2165: ['warning', 'two loops with one variable'],
  2167: ['off', TWIN],
  2180: ['warning', FAILS],
  2190: ['warning', FAILS],
  2258: ['warning', 'the comma is part of the word'],
  2302: ['warning', 'values where keys are meant'],
  2303: ['warning', 'values where keys are meant'],

  // True, and seldom worth a reader's time
  2011: ['hint', FRAGILE],
  2012: ['hint', FRAGILE],
  2035: ['hint', FRAGILE],
  2038: ['hint', FRAGILE],
  2043: ['hint', 'a list that holds one item today'],
  2044: ['hint', FRAGILE],
  2045: ['hint', FRAGILE],
  2046: ['hint', ONE_WORD],
  2048: ['hint', ARGUMENTS],
  2059: ['hint', 'versions and names hold no %'],
  2061: ['hint', FRAGILE],
  2068: ['hint', ONE_WORD],
  2086: ['hint', ONE_WORD],
  2103: ['hint', STYLE],
  2114: ['hint', 'an image is often made smaller that way'],
  2115: ['hint', 'in a build there is nothing to lose'],
  2119: ['hint', ARGUMENTS],
  2120: ['hint', ARGUMENTS],
  2140: ['hint', TEXT_QUOTES],
  2155: ['hint', 'what is assigned here hardly ever fails'],
  2162: ['hint', 'nothing that is read here holds a backslash'],
  2164: ['hint', 'what follows fails as well when the folder is missing'],
  2166: ['hint', STYLE],
  2183: ['hint', 'printf fills up, or begins again'],
  2185: ['hint', STYLE],
  2196: ['hint', STYLE],
  2197: ['hint', STYLE],
  2209: ['hint', 'the name of a program as a value'],
  2231: ['hint', ONE_WORD],

  // Not so, or without effect, in a Dockerfile
  2026: ['off', 'the word is the same without quotes'],
  2174: ['off', 'only the folder that is named needs the mode'],
  2188: ['off', 'a common way to empty a file'],
  2330: ['off', 'BusyBox does match patterns'],
  2336: ['off', 'cp -r is the same on every Linux'],
};

/** The parser's codes begin with 1. */
const isParsers = (code: number): boolean => code < 2000;
/** Things that not every shell has: how bad they are depends on the shell, see portability.ts. */
const isPortability = (code: number): boolean => code >= 3000 || code === 2112 || code === 2113;

/** What a comment of ShellCheck's is worth in profile `recommended`. */
export function recommendedLevel(code: number, own: Severity): RecommendedLevel {
  const row = SHELLCHECK_LEVELS[code];
  if (row) return row[0];
  if (own === 'error' && isParsers(code)) return 'error';
  if (isPortability(code)) return own === 'error' && PORTABILITY[code]?.dash !== 'differs' ? 'error' : 'warning';
  return 'hint';
}
