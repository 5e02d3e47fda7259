import { describeFailure } from './failure';
import type { UserErrorPartsFragment } from './generated/graphql';

/** A form on its way to the server: whether it is under way, and what is wrong with it. */
export class Submission<Field extends string> {
  readonly #fields: readonly Field[];
  busy = $state(false);
  errors: Partial<Record<Field, string[]>> = $state({});
  /** Problems that belong to no field. */
  problems: string[] = $state([]);

  constructor(...fields: Field[]) {
    this.#fields = fields;
  }

  /** Says what the server would refuse as well; false stands for nothing to say. */
  check(found: Partial<Record<Field, string | false>>): boolean {
    this.#clear();
    for (const field of this.#fields) if (found[field]) this.errors[field] = [found[field]];
    return Object.keys(this.errors).length === 0;
  }

  /** One at a time. @returns whether it was carried out */
  async run(work: () => Promise<readonly UserErrorPartsFragment[]>): Promise<boolean> {
    if (this.busy) return false;
    this.#clear();
    this.busy = true;
    try {
      const userErrors = await work();
      for (const userError of userErrors) this.#show(userError);
      return userErrors.length === 0;
    } catch (error) {
      this.problems = [describeFailure(error)];
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** What is wrong with a field no longer counts once someone types in it. */
  settle(field: Field): void {
    this.errors[field] = undefined;
  }

  #show({ field, message }: UserErrorPartsFragment): void {
    const name = this.#fields.find((known) => known === field.at(-1));
    if (name) this.errors[name] = [...(this.errors[name] ?? []), message];
    else this.problems.push(message);
  }

  #clear(): void {
    this.errors = {};
    this.problems = [];
  }
}
