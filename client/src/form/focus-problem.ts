import { tick } from 'svelte';

/** Focuses the first field with an error, or the alert above the fields. */
export async function focusProblem(form: HTMLElement | undefined): Promise<void> {
  await tick();
  const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]');
  wrong?.scrollIntoView({ block: 'nearest' });
  wrong?.focus();
  if (wrong instanceof HTMLInputElement) wrong.select();
}
