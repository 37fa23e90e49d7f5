import type { Stage } from '../../facts/index.js';
import { rootBase } from '../../facts/root-base.js';

/**
 * Packages that bring less than ten megabytes more with what they recommend than without it, put into a minimal system.
 * Worked out from the Packages list of Debian 12 over all dependencies; Ubuntu's are much the same.
 */
const LITTLE = new Set(
  [
    'adduser advancecomp antiword catdoc toilet unrar apache2 apache2-utils apparmor apt-transport-https apt-utils aptitude aria2 arping autoconf automake bash bash-completion bc',
    'binutils bison brotli bsd-mailx busybox busybox-static bzip2 ca-certificates catatonit ccache chrpath conntrack coreutils cpio csh curl dash dbus',
    'dbus-user-session dbus-x11 default-mysql-client default-mysql-client-core device-tree-compiler diffstat dnsutils dos2unix dosfstools doxygen',
    'dumb-init espeak espeak-ng ethtool fakechroot fakeroot fcgiwrap figlet file findutils fontconfig fping fuse3 gawk gdbserver genisoimage',
    'gettext-base gh ghostscript gifsicle gnupg gpg-agent gnupg1 gnupg2 gosu gperf grep gsfonts gzip haproxy hicolor-icon-theme htop inetutils-ping',
    'inotify-tools iperf iperf3 iproute2 ipset iptables iputils-ping isolinux jc jpegoptim jq kmod ksh less locales locales-all locate lsb-release',
    'lsof lz4 make mariadb-client mariadb-server media-types mlocate moreutils musl nano net-tools netbase netcat netcat-openbsd netcat-traditional',
    'nftables nginx nginx-full nginx-light ninja-build nmap numactl odbcinst openssh-client openssl optipng p7zip-full pandoc patch patchelf',
    'natpmpc perl pgtop pkg-config pkgconf pngcrush pngquant postgresql-client procps psmisc pwgen python python2 python3 python-is-python3 qpdf redis redis-server',
    'redis-tools restic ripgrep rpm rpm2cpio rsync s3cmd sed shellcheck socat sqlite3 sshpass strace subversion sudo supervisor swig syslinux syslinux-utils',
    'systemd systemd-sysv tar tcsh time tini tmux transmission-daemon tree tzdata ufw unixodbc unzip usbutils uuid-runtime vim vim-tiny wait-for-it',
    'wget whois xauth xmlstarlet xterm xvfb xz-utils yq zip zlib1g zsh zsh-autosuggestions zsh-syntax-highlighting zstd',
  ].flatMap(line => line.split(' ')),
);

/** The same of packages with many names: clients of databases, fonts, extensions of languages, data, common libraries. */
const LITTLE_OF_A_KIND =
  /^(?:postgresql-client-\S+|x?fonts?-(?!noto$)\S+|php[\d.]*(?!.*-imagick$)(?:-\S+)?|python3-(?!pip$|virtualenv$|docutils$)\S+|\S+-(?:data|doc|locales?)|lib(?:aio|archive|asound|atomic|bz|c|cairo|cap|cgif|cups|curl|edit|egl|elf|exif|expat|faketime|fcgi|fuse|gbm|ffi|fontconfig|freetype|gcc|geos|gl|gmp|gomp|gssapi|icu|imagequant|jansson|jbig|jemalloc|jpeg|jxl|lcms|ldns|lmdb|lua|lz4|magic|mariadb|mcrypt|mp3lame|ncurses|nss|numa|openblas|opus|opusfile|orc|pam|pcap|pcre|pixman|png|pq|protobuf|readline|sasl2-modules|sm|snappy|sndfile|sodium|speex|speexdsp|sqlite|ssl|stdc\+\+|sybdb|tiff|unwind|usb|vpx|webp|webpdemux|webpmux|x[a-z]*|yaml|zip|zstd)[\d.-]*(?:turbo|[a-z]?\d*(?:t64|v5)?))$/;

/** Headers bring a compiler's, which is mostly there already; packages of NodeSource and Microsoft recommend nothing. */
const HEADERS_AND_VENDORS =
  /^(?:\S+-dev|nodejs|dotnet-\S+|aspnetcore-\S+|msodbcsql\d+|mssql-tools\d*|lib\S+-(?:modules|wrapper|progs|tools))$/;

/** A file, or a name that the build makes up: nobody knows what it recommends. */
const UNKNOWN = /[$/]/;

/** What buildpack-deps has, and so have the official images of languages that are built on it. */
const IN_BUILDPACK = /^(?:git|mercurial|gcc|g\+\+|build-essential|dpkg-dev|gettext|imagemagick|libtool)$/;
const ON_BUILDPACK =
  /^(?:library\/)?(?:buildpack-deps|elixir|erlang|gcc|golang|haskell|node|openjdk|perl|pypy|python|r-base|ruby|rust|swift)$/;

/** Bases of several gigabytes, beside which no recommended package counts. */
const HUGE =
  /^(?:nvidia\/|nvcr\.io|rocm\/|pytorch\/|tensorflow\/|jupyter\/|intel\/|huggingface\/|vllm\/|unityci\/|cimg\/|circleci\/|gitpod\/)/;

/** Whether what a package recommends is not worth leaving out of an image that is built on this stage's base. */
export function recommendsLittle(name: string, stage: Stage | undefined): boolean {
  if (LITTLE.has(name) || UNKNOWN.test(name) || HEADERS_AND_VENDORS.test(name) || LITTLE_OF_A_KIND.test(name))
    return true;
  const base = rootBase(stage);
  if (base?.kind !== 'image') return false;
  const { path, registry, tag = '' } = base.reference;
  if (HUGE.test(registry === undefined ? path : `${registry}/${path}`) || HUGE.test(path)) return true;
  return IN_BUILDPACK.test(name) && ON_BUILDPACK.test(path) && !/slim|alpine|curl/.test(tag);
}
