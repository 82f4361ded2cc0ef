/** A run that says nothing about the product: an error was answered, answers differed, or the generator was too slow. */
export class VoidRun extends Error {
  public constructor(why: string) {
    super(why);
    this.name = 'VoidRun';
  }
}
