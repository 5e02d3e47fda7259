import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const children = new Set();

/**
 * Starts a program, and ends it when this process ends: a SIGTERM, also one that npm passes on, reaches only
 * this process.
 * @returns the exit code, and what the program wrote when `quiet` is set
 */
export function run(command, args, { cwd, quiet = false, env = process.env, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child = spawn(command, args, { cwd, stdio, env, shell });
    let output = '';
    child.stdout?.on('data', (text) => (output += text));
    child.stderr?.on('data', (text) => (output += text));

    if (children.size === 0) listen();
    children.add(child);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      children.delete(child);
      if (children.size === 0) process.off('SIGINT', stop).off('SIGTERM', stop);
      if (!stopSignal) resolve({ code: code ?? exitCodeOf(signal), output });
      else if (children.size === 0) process.exit(process.exitCode ?? exitCodeOf(stopSignal));
    });
  });
}

process.on('exit', endChildren);

let stopSignal;

function listen() {
  process.on('SIGINT', stop).on('SIGTERM', stop);
}

function stop(signal) {
  stopSignal = signal;
  endChildren();
}

function endChildren() {
  for (const child of children) child.kill('SIGTERM');
}

function exitCodeOf(signal) {
  return 128 + constants.signals[signal];
}
