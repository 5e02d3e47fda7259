export default async function stopDatabase() {
  await globalThis.privateServer?.stop();
}
