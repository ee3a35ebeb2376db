"use strict";
// Gathers what the microphone gives, as 16-bit mono, and hands it to the page block by block.

const BLOCK = 2048;

class Taker extends AudioWorkletProcessor {
  constructor() {
    super();
    this.block = new Int16Array(BLOCK);
    this.count = 0;
    // Any message asks for what is left; null says that it was all.
    this.port.onmessage = () => {
      this.hand();
      this.port.postMessage(null);
    };
  }

  process(inputs) {
    const channels = inputs[0];
    const length = channels.length ? channels[0].length : 0;
    for (let at = 0; at < length; at += 1) {
      let sum = 0;
      for (const channel of channels) sum += channel[at];
      const level = Math.round((sum / channels.length) * 32768);
      this.block[this.count] = Math.max(-32768, Math.min(32767, level));
      this.count += 1;
      if (this.count === BLOCK) this.hand();
    }
    return true;
  }

  hand() {
    if (!this.count) return;
    const whole = this.block.slice(0, this.count).buffer;
    this.port.postMessage(whole, [whole]);
    this.count = 0;
  }
}

registerProcessor("taker", Taker);
