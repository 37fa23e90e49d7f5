import type { ShellCommand } from '../shell/index.js';

/** A program that ends at once and goes on in the background. */
export interface Detached {
  readonly name: string;
  /** The arguments that keep it in the foreground, to be added to its own. */
  readonly add?: readonly string[];
  /** The command that does the same in the foreground, to be put in its place. */
  readonly instead?: readonly string[];
  /** An argument that sends it to the background, to be taken out. */
  readonly without?: RegExp;
}

interface Daemon {
  readonly name: RegExp;
  /** It goes to the background unless its arguments say this. */
  readonly unless?: RegExp;
  /** It stays in the foreground unless its arguments say this. */
  readonly when?: RegExp;
  readonly add?: readonly string[];
  readonly without?: RegExp;
  /** What else in a Dockerfile may keep it in the foreground: a setting, or a file with settings. */
  readonly settings?: RegExp;
}

/** An option among others: `-D`, `-eD`. */
const option = (letters: string, words = ''): RegExp =>
  new RegExp(`(?:^| )(?:-[a-zA-Z]*[${letters}]|${words === '' ? '(?!)' : words})`);

/** As their manual pages and sources say; versions that differ are left out. */
const DAEMONS: readonly Daemon[] = [
  {
    name: /^(?:nginx|openresty)$/,
    unless: /daemon +off|(?:^| )-[tTvVshq?cp]/,
    add: ['-g', 'daemon off;'],
    settings:
      /daemon\s+off|nginx\.conf|\/etc\/nginx(?!\/(?:conf\.d|sites-\w+|html|certs?|ssl|templates|snippets)\b)|^(?:COPY|ADD)\s.*\s\/(?:etc\/?)?["\]]*\s*$/im,
  },
  {
    name: /^(?:apache2ctl|apachectl|httpd|apache2)$/,
    unless:
      /-D *(?:FOREGROUND|NO_DETACH)|(?:^| )(?:-[XtvVlLMShfd?]|-k *(?:stop|graceful-stop)|stop|graceful-stop|configtest|status|fullstatus)/,
    add: ['-D', 'FOREGROUND'],
  },
  { name: /^sshd$/, unless: option('DdtTG'), add: ['-D'] },
  { name: /^cron$/, unless: option('f'), add: ['-f'] },
  { name: /^crond$/, unless: option('fnd') },
  {
    name: /^php-fpm[\d.]+$/,
    unless: /(?:^| )(?:-[a-zA-Z]*[FtivmhRy?]|--(?:nodaemonize|test|version|help|info))/,
    add: ['-F'],
    settings: /daemonize|fpm[\w/]*\.conf|\/etc\/php/,
  },
  { name: /^php-fpm$/, when: option('D', '--daemonize'), without: /^(?:-D|--daemonize)$/ },
  { name: /^(?:rsyslogd|syslogd)$/, unless: option('nNvh'), add: ['-n'] },
  {
    name: /^dnsmasq$/,
    unless: option('kdvwC', '--(?:keep-in-foreground|no-daemon|test|version|help)'),
    add: ['-k'],
    settings: /keep-in-foreground|no-daemon|dnsmasq[\w./]*conf/,
  },
  { name: /^squid$/, unless: option('Nvkzh', '--(?:foreground|version)'), add: ['-N'] },
  { name: /^lighttpd$/, unless: option('DtvVp1h'), add: ['-D'] },
  { name: /^varnishd$/, unless: option('FCVxh?'), add: ['-F'] },
  { name: /^named$/, unless: option('fgvV'), add: ['-g'] },
  {
    name: /^supervisord$/,
    unless: option('nvhc', '--(?:nodaemon|version|help|configuration)'),
    add: ['-n'],
    settings: /nodaemon|^(?:COPY|ADD)\s.*(?:supervisor|\.conf|\.ini|\s\/(?:etc\/?)?["\]]*\s*$)/im,
  },
  { name: /^haproxy$/, when: /(?:^| )-D(?: |$)/, without: /^-D$/ },
  { name: /^(?:redis-server|redis-sentinel|valkey-server|keydb-server)$/, when: /--daemonize[ =]yes/ },
  { name: /^(?:mongod|mongos)$/, when: /(?:^| )--fork(?: |$)/, without: /^--fork$/ },
  { name: /^memcached$/, when: option('d', '--daemon'), without: /^(?:-d|--daemon)$/ },
  { name: /^(?:mysqld|mariadbd)$/, when: /(?:^| )(?:--daemonize|-D)(?: |$)/, without: /^(?:--daemonize|-D)$/ },
  { name: /^rabbitmq-server$/, when: /(?:^| )-detached(?: |$)/, without: /^-detached$/ },
  { name: /^elasticsearch$/, when: /(?:^| )(?:-d|--daemonize)(?: |$)/, without: /^(?:-d|--daemonize)$/ },
  {
    name: /^(?:gunicorn|unicorn|rainbows)$/,
    when: /(?:^| )(?:-D|--daemon(?:ize)?)(?: |$)/,
    without: /^(?:-D|--daemon(?:ize)?)$/,
  },
  { name: /^uwsgi$/, when: /(?:^| )(?:--daemonize2?|-d)(?:[ =]|$)/ },
  { name: /^celery$/, when: /(?:^| )(?:--detach(?: |$)|multi (?:re)?start)/, without: /^--detach$/ },
  { name: /^pm2$/, when: /^(?:re)?start (?!.*--(?:no-daemon|attach))/ },
  { name: /^forever$/, when: /^start(?: |$)/ },
  { name: /^postfix$/, when: /(?:^| )start$/ },
  { name: /^pg_ctl$/, when: /(?:^| )(?:re)?start(?: |$)/ },
  { name: /^pg_ctlcluster$/, when: /(?:^| )(?:re)?start(?: |$)(?!.*--foreground)/ },
  {
    name: /^(?:smbd|nmbd|winbindd)$/,
    when: /(?:^| )(?:-D|--daemon)(?: |$)(?!.*(?:-F|--foreground))/,
    without: /^(?:-D|--daemon)$/,
  },
  { name: /^avahi-daemon$/, when: /(?:^| )(?:-D|--daemonize)(?: |$)/, without: /^(?:-D|--daemonize)$/ },
  { name: /^dbus-daemon$/, when: /(?:^| )(?:--fork|--system)(?: |$)(?!.*--nofork)/ },
  { name: /^catalina\.sh$/, when: /(?:^| )start(?: |$)/ },
  { name: /^zkServer\.sh$/, when: /^(?:re)?start(?: |$)/ },
  { name: /^neo4j$/, when: /^(?:re)?start(?: |$)/ },
];

/** How services of Debian’s packages run in the foreground; others need more than a command. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  nginx: ['nginx', '-g', 'daemon off;'],
  apache2: ['apache2ctl', '-D', 'FOREGROUND'],
  cron: ['cron', '-f'],
};

const STARTS = /^(?:start|restart)$/;

function service(name: string, verb: string): Detached | undefined {
  if (!STARTS.test(verb)) return undefined;
  const fpm = /^php([\d.]+)-fpm$/.exec(name)?.[1];
  const instead = fpm === undefined ? SERVICES[name] : [`php-fpm${fpm}`, '-F'];
  return { name, ...(instead ? { instead } : {}) };
}

/** Whether a command, given also these words by CMD, ends and leaves something behind that goes on; `settings` gives the rest of the Dockerfile, which may have some. */
export function detached(
  command: ShellCommand,
  more: readonly string[] = [],
  settings = (): string => '',
): Detached | undefined {
  const { base, args } = command;
  const words = [...args.map(({ value }) => value), ...more];
  if (base === 'service' || base === 'rc-service') return service(words[0] ?? '', words[1] ?? '');
  if (/^\/etc\/(?:init|rc)\.d\//.test(command.name?.value ?? '')) return service(base, words[0] ?? '');
  const daemon = DAEMONS.find(({ name }) => name.test(base));
  // What a variable holds may keep it in the foreground.
  if (!daemon || args.some(({ literal, variables }) => !literal && variables.length > 0)) return undefined;
  const said = words.join(' ');
  const goes = daemon.when ? daemon.when.test(said) : daemon.unless?.test(said) === false;
  if (!goes || daemon.settings?.test(settings()) === true) return undefined;
  if (base === 'apachectl' || base === 'apache2ctl') return { name: base, instead: [base, '-D', 'FOREGROUND'] };
  const { add, without } = daemon;
  return { name: base, ...(add ? { add } : {}), ...(without ? { without } : {}) };
}
