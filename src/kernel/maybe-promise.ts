/** What is there already, or is on its way. */
export type MaybePromise<Value> = Value | Promise<Value>;

/** Goes on with a value as soon as it is there: at once, where it was read ahead. A promise for each field is dear in large answers. */
export function when<Value, Next>(read: MaybePromise<Value>, next: (value: Value) => MaybePromise<Next>): MaybePromise<Next> {
  return read instanceof Promise ? read.then(next) : next(read);
}
