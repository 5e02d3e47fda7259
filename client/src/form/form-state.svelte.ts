import type { UserErrorPartsFragment } from '../api/generated/graphql';
import { Action, type UserErrors } from './action.svelte';
import { isSame, mergeValue } from './merge-value';

type Name<Values> = keyof Values & string;

/** What is wrong with fields before anything is sent; false stands for nothing. */
export type Problems<Values> = Partial<Record<Name<Values>, string | false>>;

export interface FormDefinition<Values> {
  /** What the fields start with. Lists are sets: the order of their items does not count. */
  initial: Values;
  /** What was typed already, when a draft is restored. */
  typed?: Partial<Values>;
  /** Finds at once what the server would find as well. */
  check?: (values: Values, changed: readonly Name<Values>[]) => Problems<Values>;
  send: (values: Values) => Promise<UserErrors>;
  /** Whether the server is told which version was edited: its conflicts are then kept apart in `conflicts`. */
  isVersioned?: boolean;
}

/** The one state of every form: what is typed, what was changed, what is wrong, and whether it is being sent. */
export class FormState<Values extends object> extends Action {
  readonly #definition: FormDefinition<Values>;
  readonly #names: readonly Name<Values>[];
  #baseline: Values;
  /** Messages with the value that they are about: they no longer show once the field holds another one. */
  #found: Partial<Record<Name<Values>, { value: unknown; messages: string[] }>> = $state.raw({});
  values: Values;
  /** What someone else has saved since the form was opened; stays until their values are loaded. */
  conflicts: UserErrors = $state.raw([]);

  readonly changed = $derived.by(() => this.#names.filter((name) => this.#isChanged(name)));
  readonly dirty = $derived.by(() => this.changed.length > 0);
  readonly errors = $derived.by(() => this.#currentErrors());

  constructor(definition: FormDefinition<Values>) {
    super();
    this.#definition = definition;
    this.#names = Object.keys(definition.initial) as Name<Values>[];
    this.#baseline = $state.raw(definition.initial);
    this.values = $state({ ...definition.initial, ...definition.typed });
  }

  /** Checks the fields and sends them. @returns whether the server carried it out */
  async submit(): Promise<boolean> {
    if (this.busy) return false;
    this.clear();
    const values = this.#typed<Values>(this.#names);
    const problems: Problems<Values> = this.#definition.check?.(values, this.changed) ?? {};
    for (const name of this.#names) {
      const message = problems[name];
      if (message) this.#mark(name, message);
    }
    if (Object.keys(this.#found).length > 0) return false;
    return this.run(() => this.#definition.send(values));
  }

  /** The fields that differ from what they started with. */
  changes(): Partial<Values> {
    return this.#typed(this.changed);
  }

  /** Starts anew from what is stored now. */
  reset(stored: Values): void {
    this.#baseline = stored;
    this.values = { ...stored };
    this.conflicts = [];
    this.clear();
  }

  /**
   * Takes over what is stored now and keeps what was changed here.
   * @returns the fields that were changed on both sides
   */
  rebase(stored: Values): Name<Values>[] {
    const before = this.#baseline;
    const clashes = this.changed.filter((name) => !isSame(stored[name], before[name]));
    const merged = this.#names.map((name) => [
      name,
      mergeValue(before[name], this.values[name], stored[name]),
    ]);
    this.reset(stored);
    this.values = Object.fromEntries(merged) as Values;
    return clashes;
  }

  override clear(): void {
    super.clear();
    this.#found = {};
  }

  protected override show(userError: UserErrorPartsFragment): void {
    const name = this.#names.find((known) => known === userError.field.at(-1));
    if (this.#definition.isVersioned && userError.code === 'CONFLICT') this.#addConflict(userError);
    else if (name) this.#mark(name, userError.message);
    else super.show(userError);
  }

  /** Plain copies, as requests need them. */
  #typed<Part extends Partial<Values>>(names: readonly Name<Values>[]): Part {
    return Object.fromEntries(names.map((name) => [name, $state.snapshot(this.values[name])])) as Part;
  }

  #addConflict(conflict: UserErrorPartsFragment): void {
    this.conflicts = [...this.conflicts, conflict];
  }

  #mark(name: Name<Values>, message: string): void {
    const messages = [...(this.#found[name]?.messages ?? []), message];
    this.#found = { ...this.#found, [name]: { value: $state.snapshot(this.values[name]), messages } };
  }

  #isChanged(name: Name<Values>): boolean {
    return !isSame(this.values[name], this.#baseline[name]);
  }

  #currentErrors(): Partial<Record<Name<Values>, string[]>> {
    const errors: Partial<Record<Name<Values>, string[]>> = {};
    for (const name of this.#names) {
      const found = this.#found[name];
      if (found && isSame(found.value, this.values[name])) errors[name] = found.messages;
    }
    return errors;
  }
}
