/**
 * Runs the simulators until it is told to stop. Settings, all but UPLOADTHING_TOKEN optional:
 *   PADDLE_SIM_PORT (3010), UPLOADTHING_SIM_PORT (3011), SIMULATORS_DATA_DIR (the checkout's .data),
 *   PADDLE_SIM_ACCOUNTS  JSON list of {name, seller?, apiKey, clientToken, webhookSecret, webhookUrl, taxRateBp?, refundApprovalMs?};
 *                        accounts can also be registered while it runs, see paddle/control.ts,
 *   EFAKTURA_SIM_PORT    where a clearing service for invoices is simulated; without it none is; EFAKTURA_SIM_ACCOUNTS a JSON list of {name, apiKey},
 *   UPLOADTHING_TOKEN    the token that the product uses too; several, separated by commas, for several apps.
 */
import { join } from 'node:path';
import { startEfaktura } from './efaktura/server';
import { BadSetting, readEnv } from './env';
import { PortTaken } from './http';
import type { Simulator } from './http';
import { ApiFault } from './paddle/fault';
import { startPaddle } from './paddle/server';
import { startUploadThing } from './uploadthing/server';

const running: Simulator[] = [];

async function stop(code: number): Promise<void> {
  await Promise.allSettled(running.map((simulator) => simulator.close()));
  process.exit(code);
}

function lineFor(error: unknown): string {
  if (error instanceof PortTaken) return `Port ${error.port} is taken. Stop what uses it, or set PADDLE_SIM_PORT or UPLOADTHING_SIM_PORT to another port.`;
  if (error instanceof ApiFault) return `PADDLE_SIM_ACCOUNTS: ${error.message}`;
  if (error instanceof BadSetting || (error instanceof Error && error.message.startsWith('UPLOADTHING_TOKEN'))) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(0));

try {
  const { paddlePort, uploadThingPort, efakturaPort, efakturaKeys, dataDir, accounts, apps } = readEnv();
  const paddle = await startPaddle({ port: paddlePort, dataDir: join(dataDir, 'simulators', 'paddle'), accounts });
  running.push(paddle);
  console.log(`paddle simulator ready on ${paddle.url}`);
  if (efakturaPort !== null) {
    const efaktura = await startEfaktura({ port: efakturaPort, dataDir: join(dataDir, 'simulators', 'efaktura'), keys: efakturaKeys });
    running.push(efaktura);
    console.log(`clearing service simulator ready on ${efaktura.url}`);
  }
  const uploadThing = await startUploadThing({ port: uploadThingPort, dataDir: join(dataDir, 'uploadthing'), apps });
  running.push(uploadThing);
  console.log(`uploadthing simulator ready on ${uploadThing.url}`);
} catch (error) {
  console.error(lineFor(error));
  await stop(1);
}
