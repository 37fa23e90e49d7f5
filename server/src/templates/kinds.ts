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

/** What the name of a file says of it as a template. */
export interface NamedTemplate {
  /** The tags that it lets expect. */
  readonly kinds: readonly TagKind[];
  /** It is a template even where no tag is found: it may have tags of a kind that is not known here. */
  readonly isSure: boolean;
}

/** By the part of the name that says so. */
const BY_WORD: ReadonlyMap<string, NamedTemplate> = new Map([
  ...words('j2 jinja jinja2 njk nunjucks tera twig liquid hbs handlebars mustache gotmpl gotpl gotemplate', ['braces']),
  ...words('erb epp ejs eex tt mako ftl', ['angles', 'lines']),
  ...words('vm', ['hash-lines', 'dots']),
  ...words('tftpl', ['braces', 'percent-braces']),
  ...words('in', ['ats', 'percents', 'braces']),
  ...words('tmpl tpl templ template', ['braces', 'angles', 'percents', 'dots', 'ats']),
  ...words('m4', ['m4']),
  // `Dockerfile.php` may well be one for PHP.
  ['php', { kinds: ['angles', 'lines'], isSure: false }],
]);

function words(names: string, kinds: readonly TagKind[]): (readonly [string, NamedTemplate])[] {
  return names.split(' ').map(name => [name, { kinds, isSure: true }]);
}

/** Cookiecutter’s folders have tags in their names; the files in them need not. */
const IN_FOLDER: NamedTemplate = { kinds: ['braces'], isSure: false };

/** The words of a name that may say it: the ending, what follows `Dockerfile`, and `template.Dockerfile`. */
const WORDS = [
  /\.(\w+)$/,
  /(?:^|\/)(?:docker|container)file[.\-_](\w+?)[.\-_][^/]*$/i,
  /(?:docker|container)file[-_](\w+)$/i,
  /(?:^|\/)(tmpl|tpl|template)\.(?:docker|container)file$/i,
];

/** What the name of a file, with its folders, says of it as a template; undefined for the name of a plain Dockerfile. */
export function templateByName(path: string): NamedTemplate | undefined {
  for (const pattern of WORDS) {
    const word = pattern.exec(path)?.[1]?.toLowerCase();
    const named = word === undefined ? undefined : BY_WORD.get(word);
    if (named) return named;
  }
  return /\{\{|%7B%7B/i.test(path) ? IN_FOLDER : undefined;
}
