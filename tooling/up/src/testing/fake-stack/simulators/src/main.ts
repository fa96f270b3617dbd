import { createServer } from 'node:net';
import { simulatorPorts } from '../../env';

for (const port of simulatorPorts) createServer((socket) => { socket.end(); }).listen(Number(port), '127.0.0.1');
