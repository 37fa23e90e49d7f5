import type { Service } from './project.js';

/** Makes a function that answers a question about a service once, and keeps the answer with it. */
export function perService<T>(make: (service: Service) => T): (service: Service) => T {
  const known = new WeakMap<Service, { readonly value: T }>();
  return service => {
    const found = known.get(service) ?? { value: make(service) };
    known.set(service, found);
    return found.value;
  };
}
