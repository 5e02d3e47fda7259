import { SvelteSet } from 'svelte/reactivity';
import type { Permission, RolePartsFragment } from '../api/generated/graphql';

export interface RoleValues {
  readonly name: string;
  readonly mfaRequired: boolean;
  readonly permissions: readonly Permission[];
}

const BLANK: RoleValues = { name: '', mfaRequired: false, permissions: [] };

function valuesOf({ name, mfaRequired, permissions }: RolePartsFragment): RoleValues {
  return { name, mfaRequired, permissions: permissions ?? [] };
}

/** What is typed and ticked, and what it was before. */
export class RoleForm {
  #baseline: RoleValues = $state.raw(BLANK);
  name = $state('');
  mfaRequired = $state(false);
  readonly permissions = new SvelteSet<Permission>();

  /** The permissions that are ticked otherwise than before. */
  readonly toggled = $derived([
    ...[...this.permissions].filter((permission) => !this.#baseline.permissions.includes(permission)),
    ...this.#baseline.permissions.filter((permission) => !this.permissions.has(permission)),
  ]);
  readonly dirty = $derived(
    this.name !== this.#baseline.name ||
      this.mfaRequired !== this.#baseline.mfaRequired ||
      this.toggled.length > 0,
  );

  /** @param typed what was typed already, when a form goes on */
  constructor(role?: RolePartsFragment, typed?: RoleValues) {
    if (role) this.#baseline = valuesOf(role);
    this.#show(typed ?? this.#baseline);
  }

  values(): { name: string; mfaRequired: boolean; permissions: Permission[] } {
    return { name: this.name, mfaRequired: this.mfaRequired, permissions: [...this.permissions] };
  }

  toggle(permission: Permission, on: boolean): void {
    if (on) this.permissions.add(permission);
    else this.permissions.delete(permission);
  }

  /** Takes what is now stored into whatever was not touched here. */
  rebase(role: RolePartsFragment): void {
    const typedName = this.name === this.#baseline.name ? null : this.name;
    const turned = this.mfaRequired !== this.#baseline.mfaRequired;
    const ticked = this.toggled.map((permission) => [permission, this.permissions.has(permission)] as const);
    this.#baseline = valuesOf(role);
    this.#show(this.#baseline);
    if (typedName !== null) this.name = typedName;
    if (turned) this.mfaRequired = !this.#baseline.mfaRequired;
    for (const [permission, on] of ticked) this.toggle(permission, on);
  }

  /** What the server has to be told: only what was changed here. */
  changes(): { name?: string; mfaRequired?: boolean; permissions?: Permission[] } {
    return {
      ...(this.name === this.#baseline.name ? {} : { name: this.name }),
      ...(this.mfaRequired === this.#baseline.mfaRequired ? {} : { mfaRequired: this.mfaRequired }),
      ...(this.toggled.length > 0 ? { permissions: [...this.permissions] } : {}),
    };
  }

  #show(values: RoleValues): void {
    this.name = values.name;
    this.mfaRequired = values.mfaRequired;
    this.permissions.clear();
    for (const permission of values.permissions) this.permissions.add(permission);
  }
}
