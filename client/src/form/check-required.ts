/** What is wrong with a field that must not be empty, or false. */
export function checkRequired(value: string, message = 'This field is required.'): string | false {
  return value.trim() === '' && message;
}
