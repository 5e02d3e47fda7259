import type { UserErrorPartsFragment, UserRowFragment } from '../api/generated/graphql';
import { checkPassword } from '../passwords/password-policy.svelte';

export interface UserValues {
  firstName: string;
  lastName: string;
  username: string;
  password: string;
  phone: string;
  roleId: string;
  forcePasswordReset: boolean;
  forceMfa: boolean;
}

export type UserFieldName = keyof UserValues;

const BLANK: UserValues = {
  firstName: '',
  lastName: '',
  username: '',
  password: '',
  phone: '',
  roleId: '',
  forcePasswordReset: false,
  forceMfa: false,
};

export const FIELD_NAMES = Object.keys(BLANK) as UserFieldName[];
const PLAIN_EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function valuesOf(user: UserRowFragment): UserValues {
  return {
    firstName: user.firstName,
    lastName: user.lastName,
    username: user.username,
    password: '',
    phone: user.phone ?? '',
    roleId: user.role.id,
    forcePasswordReset: user.passwordResetRequired,
    forceMfa: user.mfaRequired,
  };
}

/** What is typed, what it was before, and what is wrong with it. */
export class UserForm {
  #baseline: UserValues = $state.raw(BLANK);
  values: UserValues = $state({ ...BLANK });
  errors: Partial<Record<UserFieldName, string[]>> = $state({});
  /** Problems that belong to no field. */
  problems: string[] = $state([]);

  readonly changed = $derived(FIELD_NAMES.filter((name) => this.values[name] !== this.#baseline[name]));
  readonly dirty = $derived(this.changed.length > 0);
  readonly password = $derived(checkPassword(this.values.password));

  /** @param typed what was typed already, when a form goes on */
  constructor(
    readonly user?: UserRowFragment,
    typed?: Partial<UserValues>,
  ) {
    if (user) this.#baseline = valuesOf(user);
    this.values = { ...this.#baseline, ...typed };
  }

  /** Takes the values that are now stored into every untouched field; returns the touched ones that differ. */
  rebase(user: UserRowFragment): { name: UserFieldName; stored: UserValues }[] {
    const stored = valuesOf(user);
    const touched = new Set(this.changed);
    const clashes = FIELD_NAMES.filter((name) => touched.has(name) && stored[name] !== this.#baseline[name]);
    for (const name of FIELD_NAMES) if (!touched.has(name)) this.#take(name, stored);
    this.#baseline = stored;
    this.clearErrors();
    return clashes.map((name) => ({ name, stored }));
  }

  changes(): Partial<UserValues> {
    return Object.fromEntries(this.changed.map((name) => [name, this.values[name]]));
  }

  clearErrors(): void {
    this.errors = {};
    this.problems = [];
  }

  /** Says at once what the server would refuse as well; in Edit only what was changed counts. */
  validate(): boolean {
    this.clearErrors();
    const checked = this.user ? this.changed : FIELD_NAMES;
    for (const name of checked) {
      const problem = this.#problemOf(name);
      if (problem) this.errors[name] = [problem];
    }
    return Object.keys(this.errors).length === 0;
  }

  showErrors(userErrors: UserErrorPartsFragment[]): void {
    this.clearErrors();
    for (const { field, message } of userErrors) {
      const name = fieldNamed(field.at(-1));
      if (name) this.errors[name] = [...(this.errors[name] ?? []), message];
      else this.problems.push(message);
    }
  }

  #take<Name extends UserFieldName>(name: Name, from: UserValues): void {
    this.values[name] = from[name];
  }

  #problemOf(name: UserFieldName): string | null {
    const value = this.values[name];
    if (name === 'password' && value === '' && this.user) return null;
    if (value === '') return name === 'roleId' ? 'Choose a role.' : 'This field is required.';
    if (typeof value === 'string' && value.trim() === '') return 'This field is required.';
    if (name === 'username' && !PLAIN_EMAIL.test(this.values.username.trim()))
      return 'Enter a valid email address.';
    if (name === 'password' && !this.password.valid) return 'This password does not meet the rule below.';
    return null;
  }
}

function fieldNamed(name: string | undefined): UserFieldName | undefined {
  if (name === 'newPassword') return 'password';
  return FIELD_NAMES.find((known) => known === name);
}
