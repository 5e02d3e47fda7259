/**
 * A cookie that scripts cannot read, and that requests from other sites do not carry. Over HTTPS its name has the
 * prefix that only this very host can set, which needs the path of the whole host. ASVS 3.3.1-4.
 */
export function privateCookie(name: string, isSecure: boolean) {
  return {
    name: isSecure ? `__Host-${name}` : name,
    attributes: {
      path: isSecure ? '/' : '/graphql',
      httpOnly: true,
      sameSite: 'strict',
      secure: isSecure,
    },
  } as const;
}
