// node --require no_network.cjs PROGRAM
// Whatever the program wants to connect to is written down on its error channel, and is not reached.
const { Socket } = require('node:net');

Socket.prototype.connect = function connect(...where) {
  process.stderr.write(`asks for the network: ${JSON.stringify(where[0])}\n`);
  process.nextTick(() => this.destroy(new Error('there is no network here')));
  return this;
};
