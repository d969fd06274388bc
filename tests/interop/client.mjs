// Plays people with matrix-js-sdk: a request is one line of JSON on the input, its answer one on
// the output. One process plays as many people as it is asked to, each with keys of their own.

import { Console } from "node:console";
import { createInterface } from "node:readline";

// The output belongs to the answers. What the libraries log is for whoever looks for a fault.
globalThis.console = new Console(process.stderr);

const sdk = await import("matrix-js-sdk");
const api = await import("matrix-js-sdk/lib/crypto-api/index.js");
const { PollResponseEvent } = await import(
    "matrix-js-sdk/lib/extensible_events_v1/PollResponseEvent.js"
);
const { Attachment, EncryptedAttachment } = await import("@matrix-org/matrix-sdk-crypto-wasm");

const PATIENCE_MS = 30_000;
const LOOK_AGAIN_MS = 20;
const people = new Map();

// Of the libraries' hundreds of lines only those are kept that may explain a failure.
const logger = {
    trace() {},
    debug() {},
    info() {},
    warn: (...words) => console.warn(...words),
    error: (...words) => console.error(...words),
    getChild: () => logger,
};

class Person {
    #url;
    #keysHeldBack = null;

    static async arrive({ url, user, password, recoveryKey }) {
        const person = new Person();
        person.#url = url;
        const login = await sdk.createClient({ baseUrl: url, logger }).loginRequest({
            type: "m.login.password",
            identifier: { type: "m.id.user", user },
            password,
        });
        await person.#start(login);
        await person.#becomeSigned(recoveryKey);
        return person;
    }

    async #start(login) {
        this.client = sdk.createClient({
            baseUrl: this.#url,
            userId: login.user_id,
            deviceId: login.device_id,
            accessToken: login.access_token,
            cryptoCallbacks: {
                getSecretStorageKey: async ({ keys }) => [Object.keys(keys)[0], this.recovery],
            },
            fetchFn: (...request) => this.#fetch(...request),
            logger,
        });
        await this.client.initRustCrypto({ useIndexedDB: false });
        this.crypto = this.client.getCrypto();
        this.shutOut({ unsigned: true });
        const synced = new Promise((done) => this.client.once(sdk.ClientEvent.Sync, done));
        await this.client.startClient({ initialSyncLimit: 50, threadSupport: true });
        await synced;
    }

    // The first device makes an identity, a later one is signed by it, with the recovery key.
    async #becomeSigned(recoveryKey) {
        const isFirst = recoveryKey === null;
        const made = isFirst ? await this.crypto.createRecoveryKeyFromPassphrase() : null;
        this.recovery = isFirst ? made.privateKey : Buffer.from(recoveryKey, "base64");
        await this.crypto.userHasCrossSigningKeys(this.client.getUserId(), true);
        await this.crypto.bootstrapCrossSigning({
            authUploadDeviceSigningKeys: (upload) => upload(null),
        });
        if (isFirst) {
            await this.crypto.bootstrapSecretStorage({ createSecretStorageKey: async () => made });
        }
    }

    async #fetch(address, options) {
        const isKeys = String(address).includes("/sendToDevice/m.room.encrypted/");
        if (!isKeys || this.#keysHeldBack === null) {
            return fetch(address, options);
        }
        this.#keysHeldBack.push([address, { ...options, signal: undefined }]);
        return new Response("{}", { headers: { "Content-Type": "application/json" } });
    }

    whoami() {
        return {
            token: this.client.getAccessToken(),
            device: this.client.getDeviceId(),
            recoveryKey: Buffer.from(this.recovery).toString("base64"),
        };
    }

    // Whether devices that their owner has not signed are left out, both ways (MSC4153).
    shutOut({ unsigned }) {
        const mode = unsigned
            ? new api.OnlySignedDevicesIsolationMode()
            : new api.AllDevicesIsolationMode(false);
        this.crypto.setDeviceIsolationMode(mode);
    }

    // Return when the room is known, with these people in it.
    async meets({ room, people }) {
        const isIn = (id) => this.client.getRoom(room)?.getMember(id)?.membership === "join";
        await until(() => people.every(isIn), `${people} in ${room}`);
    }

    async send({ room, thread, type, content, txn }) {
        await this.#knows(room);
        const sent = await this.client.sendEvent(room, thread, type, content, txn);
        return { event: sent.event_id };
    }

    async redact({ room, target }) {
        await this.#knows(room);
        return { event: (await this.client.redactEvent(room, target)).event_id };
    }

    // Encrypted as Element X does it, by the Rust library.
    async uploadEncrypted({ base64 }) {
        const sealed = Attachment.encrypt(Buffer.from(base64, "base64"));
        const secrets = JSON.parse(sealed.mediaEncryptionInfo);
        const upload = await this.client.uploadContent(new Blob([sealed.encryptedData]));
        return { file: { ...secrets, url: upload.content_uri } };
    }

    async downloadEncrypted({ file }) {
        const address = this.client.mxcUrlToHttp(
            file.url, undefined, undefined, undefined, false, true, true,
        );
        const headers = { Authorization: `Bearer ${this.client.getAccessToken()}` };
        const answer = await fetch(address, { headers });
        const { url, ...secrets } = file;
        const sealed = new EncryptedAttachment(
            new Uint8Array(await answer.arrayBuffer()), JSON.stringify(secrets),
        );
        return { base64: Buffer.from(Attachment.decrypt(sealed)).toString("base64") };
    }

    // All that the client has and could decrypt, by the id of the event.
    decrypted() {
        const read = this.#events().filter((e) => e.isEncrypted() && !e.isDecryptionFailure());
        const shown = read.filter((event) => event.getClearContent());
        return Object.fromEntries(
            shown.map((event) => [
                event.getId(), { type: event.getType(), content: event.getClearContent() },
            ]),
        );
    }

    // Why the client does not show an event.
    async failure({ event }) {
        await until(() => this.#find(event)?.isDecryptionFailure(), `a failure of ${event}`);
        return { reason: this.#find(event).decryptionFailureReason };
    }

    // What a client draws beside the message: the colour, and why.
    async shield({ event }) {
        const found = await this.crypto.getEncryptionInfoForEvent(this.#find(event));
        return {
            colour: api.EventShieldColour[found.shieldColour],
            reason: api.EventShieldReason[found.shieldReason] ?? null,
        };
    }

    // The messages which the client shows in a thread, once `until` is among them.
    async thread({ room, root, until: last }) {
        const events = () => this.client.getRoom(room)?.getThread(root)?.events ?? [];
        await until(() => events().some((event) => event.getId() === last), `${last} in a thread`);
        return events().filter((event) => event.getId() !== root).map((event) => event.getId());
    }

    // Pick answers of a poll, or none any more; the library itself writes how that is said.
    async pick({ room, poll, answers, txn }) {
        const { type, content } = PollResponseEvent.from(answers, poll).serialize();
        return this.send({ room, thread: null, type, content, txn });
    }

    // A poll as the client shows it, once it runs, or has ended, with so many people's votes.
    async poll({ room, poll: id, ended, voters }) {
        const found = () => this.client.getRoom(room)?.polls.get(id);
        await until(() => found()?.isEnded === ended, `the poll ${id}, ended: ${ended}`);
        const responses = await found().getResponses();
        await until(() => Object.keys(votes(responses)).length === voters, `${voters} votes`);
        const { question, answers } = found().pollEvent;
        return {
            question: question.text,
            answers: Object.fromEntries(answers.map((answer) => [answer.id, answer.text])),
            votes: votes(responses),
        };
    }

    // The next message of the room gets a new key, which stays here.
    async holdKeysBack({ room }) {
        this.#keysHeldBack = [];
        await this.crypto.forceDiscardSession(room);
    }

    async letKeysGo() {
        const held = this.#keysHeldBack;
        this.#keysHeldBack = null;
        await Promise.all(held.map((request) => fetch(...request)));
        return { requests: held.length };
    }

    leave() {
        this.client.stopClient();
    }

    // Before that, the client would send in the clear what belongs encrypted.
    #knows(room) {
        return until(() => this.client.getRoom(room) !== null, room);
    }

    #events() {
        return this.client.getRooms().flatMap((room) => [
            ...room.getLiveTimeline().getEvents(),
            ...room.getThreads().flatMap((thread) => thread.events),
        ]);
    }

    #find(id) {
        return this.#events().find((event) => event.getId() === id);
    }
}

// What each person has picked last.
function votes(responses) {
    const inOrder = responses.getRelations().sort((one, other) => one.getTs() - other.getTs());
    const cast = inOrder.map((event) => [event.getSender(), event.unstableExtensibleEvent]);
    return Object.fromEntries(cast.map(([who, response]) => [who, response.answerIds]));
}

async function until(condition, what) {
    const last = Date.now() + PATIENCE_MS;
    while (!condition()) {
        if (Date.now() > last) {
            throw new Error(`not seen in ${PATIENCE_MS} ms: ${what}`);
        }
        await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
    }
}

async function answer({ who, action, ...rest }) {
    if (action === "arrive") {
        people.set(who, await Person.arrive(rest));
        return people.get(who).whoami();
    }
    return (await people.get(who)[action](rest)) ?? null;
}

for await (const line of createInterface({ input: process.stdin })) {
    const { id, ...request } = JSON.parse(line);
    answer(request).then(
        (result) => process.stdout.write(JSON.stringify({ id, result }) + "\n"),
        (error) => process.stdout.write(JSON.stringify({ id, error: String(error?.stack) }) + "\n"),
    );
}
process.exit(0);
