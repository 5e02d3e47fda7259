/** The names in braces: "label" | "maximum" of "{label} must have at most {maximum} characters." */
type ParameterName<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterName<Rest>
  : never;

/** What a call has to give for this sentence: nothing where it names no parameter but those that are known. */
export type MessageArguments<Template extends string, Known extends string = never> = [
  Exclude<ParameterName<Template>, Known>,
] extends [never]
  ? []
  : [parameters: Readonly<Record<Exclude<ParameterName<Template>, Known>, string | number>>];

/** The sentence with its parameters filled in; the types of the callers see to it that none is missing. */
export function fillIn(template: string, parameters: Readonly<Record<string, string | number>> = {}): string {
  return template.replace(/\{(\w+)\}/g, (_braces, name: string) => String(parameters[name]));
}
