import { BOOLEAN } from './boolean.js';
import { fieldsOf } from './fields.js';
import type { ValueProblem } from './value-problem.js';

/** RUN --device: a name, and whether it is required (instructions/commands_rundevice.go). Variables are not replaced. */
export function deviceProblem(value: string): ValueProblem | undefined {
  const fields = fieldsOf(value);
  if (!fields) return { message: '--device needs the name of a device, such as vendor.com/gpu=all.' };
  let name = '';
  for (const at of fields) {
    const equals = at.text.indexOf('=');
    const key = (equals < 0 ? at.text : at.text.slice(0, equals)).toLowerCase();
    const given = at.text.slice(equals + 1);
    if (key === 'required') {
      if (equals < 0 || BOOLEAN.test(given)) continue;
      return { message: `“${given}” is not a value for required. Use true or false.`, at };
    }
    if (name !== '')
      return { message: `--device takes one device; it already has “${name}”. Use one --device for each.`, at };
    name = key === 'name' && equals >= 0 ? given : at.text;
  }
  return undefined;
}
