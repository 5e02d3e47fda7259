/** A piece of a sentence; the names of people and things stand out. */
export interface Part {
  readonly text: string;
  readonly isName: boolean;
}

export function named(text: string): Part {
  return { text, isName: true };
}

export function plain(text: string): Part[] {
  return text === '' ? [] : [{ text, isName: false }];
}

/** A sentence with names in it, for example say`${actor} added ${target}`. */
export function say(texts: TemplateStringsArray, ...names: Part[]): Part[] {
  return texts.flatMap((text, position) => {
    const name = names[position];
    return name ? [...plain(text), name] : plain(text);
  });
}
