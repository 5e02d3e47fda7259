import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { translations } from '@zxcvbn-ts/language-en';

// Without the dictionaries of English words and names: four times the size for hardly better estimates.
const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, translations });

export interface Strength {
  /** From 0 (found at once) to 4. */
  score: number;
  /** One sentence on what makes it weak. */
  advice: string | null;
}

/** @param known what an attacker may know of the user, such as name and email */
export function estimateStrength(password: string, known: string[]): Strength {
  const { score, feedback } = estimator.check(password, known);
  return { score, advice: feedback.warning ?? feedback.suggestions[0] ?? null };
}
