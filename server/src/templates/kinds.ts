/**
 * How a template engine, a build tool or a preprocessor marks what it replaces:
 * - `braces`: Jinja, Go templates, Mustache, Liquid, GitHub’s and Backstage’s `${{ }}`
 * - `angles`: ERB, EJS, PHP, T4, FreeMarker
 * - `percents`: `%%NAME%%`
 * - `dots`: `${project.version}` as Maven and Gradle filter it, `${templateOption:name}` of development containers
 * - `ats`: `@NAME@` of autoconf, CMake and Maven
 * - `percent-braces`: the directives of Terraform’s `templatefile`
 * - `lines`: whole lines for Mako, ERB or Blade: `% if x:`, `@if (x)`
 * - `hash-lines`: lines for the C preprocessor or Velocity, which Docker takes for comments
 * - `m4`: macros of m4
 * - `format`: `{name}` and `%(name)s` of Python
 * - `underscores`: `__NAME__`
 */
export type TagKind =
  | 'braces'
  | 'angles'
  | 'percents'
  | 'dots'
  | 'ats'
  | 'percent-braces'
  | 'lines'
  | 'hash-lines'
  | 'm4'
  | 'format'
  | 'underscores';

/** Tags that begin and end with fixed characters, and may go over several lines. */
export const DELIMITED = {
  braces: { begin: /\{\{|(?<!\$)\{[%#]/g, ends: { '{{': '}}', '{%': '%}', '{#': '#}' } },
  angles: {
    begin: /<%|<\?(?=php\b|=)|<\/?#(?=[\w=@+])/g,
    ends: { '<%': '%>', '<?': '?>', '<#': '>', '</#': '>' },
  },
  'percent-braces': { begin: /%\{/g, ends: { '%{': '}' } },
} as const satisfies Partial<
  Record<TagKind, { readonly begin: RegExp; readonly ends: Readonly<Record<string, string>> }>
>;

/** Tags that are one word or one line. */
export const WHOLE = {
  percents: /%%[A-Za-z][\w.-]*%%/g,
  dots: /\$\{(?:templateOption:[^}\n]*|[A-Za-z][\w-]*(?:\.[\w-]+)+)\}/g,
  ats: /(?<![\w.])@[A-Za-z][\w.-]*@/g,
  format: /(?<![\w$])\{[A-Za-z][\w.]*\}|%\(\w+\)s/g,
  underscores: /(?<![A-Za-z0-9_])__[A-Z][A-Z0-9_]*__(?![A-Za-z0-9_])/g,
  lines:
    /^[ \t]*(?:%[ \t]*(?:if|elif|elsif|else|for|while|end\w*)\b|@(?:if|elseif|else|endif|for|endfor|foreach|endforeach|unless|endunless|include|php|endphp)\b).*$/gm,
  'hash-lines':
    /^[ \t]*#[ \t]*(?:include[ \t]+["<]|if(?:n?def)?\b|el(?:se|se ?if|if)\b|end(?:if)?\b|(?:define|undef)[ \t]|(?:set|foreach|parse|macro)[ \t]*\().*$/gm,
} as const satisfies Partial<Record<TagKind, RegExp>>;

/** The macros that m4 itself has, with their arguments, as far as anybody uses them in a Dockerfile. */
export const M4_CALL =
  /^[ \t]*(?:m4_\w+|define|undefine|pushdef|popdef|s?include|e?syscmd|ifdef|ifelse|divert|undivert|change(?:quote|com))\(|^[ \t]*(?:m4_)?dnl\b/gm;

/** What the last part of a file’s name says about the tags in it. */
const ENDINGS: Readonly<Record<string, readonly TagKind[]>> = {
  ...of(['braces'], 'j2 jinja jinja2 njk twig liquid hbs handlebars mustache gotmpl gotpl'),
  ...of(['angles', 'lines'], 'erb ejs eex tt mako ftl php'),
  ...of(['braces', 'percent-braces'], 'tftpl'),
  ...of(['ats', 'percents', 'braces'], 'in'),
  ...of(['braces', 'angles', 'percents', 'dots', 'ats'], 'tmpl tpl template'),
  ...of(['m4'], 'm4'),
};

function of(kinds: readonly TagKind[], endings: string): Readonly<Record<string, readonly TagKind[]>> {
  return Object.fromEntries(endings.split(' ').map(ending => [ending, kinds]));
}

const IN_FOLDER: readonly TagKind[] = ['braces'];

/** The kinds of tags that the name of a file lets expect; undefined for the name of a plain Dockerfile. */
export function kindsByName(path: string): readonly TagKind[] | undefined {
  // Cookiecutter’s folders have tags in their names.
  if (/\{\{|%7B%7B/i.test(path)) return IN_FOLDER;
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase();
  return ending !== undefined && Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
}
