export default async function stopDatabase() {
  await globalThis.privateMariadb?.stop();
}
