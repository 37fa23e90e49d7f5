/** Scripts of many kinds, with findings, without, and broken: what is linted over and over. */
export const SCRIPTS: readonly string[] = [
  'ls $X',
  'cd /x; ls',
  'echo -e hi',
  'echo "',
  'X=`ls`; echo "$X"',
  'apt-get update && apt-get install -y curl',
  'if [ $a == b ]; then echo c; fi',
  'curl -fsSL https://example.org | sh',
  'cat <<EOF\n$y\nEOF',
  '[[ -f x ]]',
];
