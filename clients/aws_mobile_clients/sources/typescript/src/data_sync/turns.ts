/** One thing after the other. */

/** Lets what is asked of it happen in turns, in the order in which it was asked. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Does it once everything asked before has ended, well or not. */
  take<T>(body: () => Promise<T>): Promise<T> {
    const done = this.#last.then(body, body);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
