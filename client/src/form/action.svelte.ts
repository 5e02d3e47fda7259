import { describeFailure } from '../api/failure';
import type { UserErrorPartsFragment } from '../api/generated/graphql';

export type UserErrors = readonly UserErrorPartsFragment[];

/** A request that a button starts: whether it is under way, and why it failed. */
export class Action {
  busy = $state(false);
  /** Messages that belong to no field. */
  problems: string[] = $state([]);

  /** Runs one request at a time. @returns whether the server carried it out */
  async run(request: () => Promise<UserErrors>): Promise<boolean> {
    if (this.busy) return false;
    this.clear();
    this.busy = true;
    try {
      const userErrors = await request();
      for (const userError of userErrors) this.show(userError);
      return userErrors.length === 0;
    } catch (error) {
      this.problems = [describeFailure(error)];
      return false;
    } finally {
      this.busy = false;
    }
  }

  clear(): void {
    this.problems = [];
  }

  protected show({ message }: UserErrorPartsFragment): void {
    this.problems.push(message);
  }
}
