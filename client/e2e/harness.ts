import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from './chromium';
import { startServer, type ServerProcess } from './server-process';

export type DemoAccount =
  'admin@example.com' | 'manager@example.com' | 'supervisor@example.com' | 'agent@example.com';

export const DEMO_PASSWORD = 'Demo-2026';

const ACTION_TIMEOUT_MS = 10_000;

interface PageOptions extends BrowserContextOptions {
  /** Signed in before the page opens; anonymous when absent. */
  as?: DemoAccount;
}

export interface Rolecall {
  readonly url: string;
  /** Where mails become files. */
  readonly mailFolder: string;
  /** Opens a page in a browser profile of its own. */
  open(path: string, options?: PageOptions): Promise<Page>;
  /** A problem of this kind does not fail the running test. */
  allow(problem: RegExp): void;
}

/**
 * Gives the test file a server with fresh demo data and a browser. Whatever a page complains about (console
 * errors, uncaught exceptions, violations of the content security policy, answers of 500 and above) fails
 * the test that opened it.
 * @param settings environment variables of the server
 */
export function useRolecall(settings: Readonly<Record<string, string>> = {}): Rolecall {
  let server: ServerProcess;
  let browser: Browser;
  let contexts: BrowserContext[] = [];
  let problems: string[] = [];
  let allowed: RegExp[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    server = await startServer(settings);
  });

  afterEach(async () => {
    const found = problems.filter((problem) => !allowed.some((pattern) => pattern.test(problem)));
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
    problems = [];
    allowed = [];
    expect(found).toEqual([]);
  });

  afterAll(async () => {
    // When beforeAll failed, what comes after the failure is undefined.
    await (browser as Browser | undefined)?.close();
    await (server as ServerProcess | undefined)?.stop();
  });

  return {
    get url() {
      return server.url;
    },
    get mailFolder() {
      return server.mailFolder;
    },
    async open(path, { as, ...options } = {}) {
      const context = await browser.newContext({ baseURL: server.url, ...options });
      context.setDefaultTimeout(ACTION_TIMEOUT_MS);
      contexts.push(context);
      if (as) await signIn(context, as);
      const page = await context.newPage();
      collectProblems(page, problems);
      await page.goto(path);
      return page;
    },
    allow(problem) {
      allowed.push(problem);
    },
  };
}

/** Leaves the refresh cookie in the profile; the page continues the session with it. */
async function signIn(context: BrowserContext, username: DemoAccount) {
  const query = `mutation SignIn($username: String!, $password: String!) {
    signIn(input: { username: $username, password: $password }) {
      session { expiresAt }
      userErrors { code }
    }
  }`;
  const response = await context.request.post('/graphql', {
    data: { query, variables: { username, password: DEMO_PASSWORD } },
  });
  expect(await response.json()).toMatchObject({ data: { signIn: { userErrors: [] } } });
}

function collectProblems(page: Page, problems: string[]) {
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) problems.push(`${response.status()}: ${response.url()}`);
  });
}

/** Fails with one line for each finding of axe. */
export async function expectAccessible(page: Page) {
  // Through the debugger, which the content security policy does not bind.
  await page.evaluate(axe.source);
  const results = await page.evaluate<AxeResults>('axe.run()');
  const findings = results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help} at ${target.join(' ')}`),
  );
  expect(findings).toEqual([]);
}
