/** One comma-separated field of --mount or --device; offsets are into the value. */
export interface Field {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Splits as BuildKit does: fields may be in double quotes, with `""` for one (tonistiigi/go-csvvalue). Undefined for what it refuses. */
export function fieldsOf(value: string): readonly Field[] | undefined {
  if (value === '') return undefined;
  const fields: Field[] = [];
  let at = 0;
  for (;;) {
    const start = at;
    if (value[at] === '"') {
      const quoted = /"((?:[^"]|"")*)"(?=,|$)/y;
      quoted.lastIndex = at;
      const match = quoted.exec(value);
      if (!match) return undefined;
      at = quoted.lastIndex;
      fields.push({ text: (match[1] ?? '').replaceAll('""', '"'), start, end: at });
    } else {
      const comma = value.indexOf(',', at);
      at = comma < 0 ? value.length : comma;
      const text = value.slice(start, at);
      if (text.includes('"')) return undefined;
      fields.push({ text, start, end: at });
    }
    if (at >= value.length) return fields;
    at++;
  }
}
