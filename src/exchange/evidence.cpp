#include "exchange/evidence.h"

#include "base/file.h"
#include "exchange/evidence_attachments.h"

#include <fmt/format.h>

#include <charconv>

namespace comity::exchange {
namespace {

using std::filesystem::path;
using store::Transaction;

constexpr std::size_t file_bytes_max = 64U << 20U;

Error at_fault(std::string const& file, std::string_view what)
{
    return { Error::Kind::not_authentic, fmt::format("{}: {}", file, what), file };
}

Result<void> put(path const& file, ByteView content)
{
    return write_file(file, content, Readable::by_owner);
}

Result<void> make_folder(path const& folder)
{
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    if (!code) return {};
    return Error { Error::Kind::unavailable,
        fmt::format("cannot create {}: {}", folder.string(), code.message()) };
}

/// SubjectPublicKeyInfo of Ed25519 (RFC 8410) in PEM, for openssl.
std::string key_pem(crypto::Ed25519PublicKey const& key)
{
    Bytes der { 0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00 };
    der.insert(der.end(), key.begin(), key.end());
    return fmt::format(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", to_base64(der));
}

Result<void> put_register(
    path const& folder, ledger::Proof const& proof, ledger::Verifier const& verifier)
{
    TRY(make_folder(folder / "path"));
    TRY(put(folder / "leaf", proof.leaf));
    TRY(put(folder / "checkpoint", as_view(proof.checkpoint)));
    TRY(put(folder / "index", as_view(std::to_string(proof.index))));
    TRY(put(folder / "verifier", as_view(verifier.text())));
    TRY(put(folder / "key.pem", as_view(key_pem(verifier.key))));
    for (std::size_t i = 0; i < proof.path.size(); ++i)
        TRY(put(folder / "path" / fmt::format("{:02}", i + 1), proof.path[i]));
    return {};
}

/// An older head of the same register, with the lines of those witnesses that we know.
Result<void> put_cosigned(path const& folder, std::string const& note, Trust const& trust)
{
    TRY(put(folder / "cosigned", as_view(note)));
    int n = 0;
    for (auto const& peer : trust.peers()) {
        auto const& witness = peer.register_key;
        if (TRY(ledger::cosignatures(note, std::span { &witness, 1 })).empty()) continue;
        auto const own = folder / "witness" / fmt::format("{:02}", ++n);
        TRY(make_folder(own));
        TRY(put(own / "verifier", as_view(witness.witness_text())));
        TRY(put(own / "key.pem", as_view(key_pem(witness.key))));
    }
    return {};
}

Result<ledger::Proof> proof_in(message::RegisterProof const& shown)
{
    ledger::Proof out;
    out.index = shown.index;
    out.checkpoint = shown.checkpoint;
    out.leaf = TRY(from_base64(shown.leaf));
    for (auto const& text : shown.path) {
        auto const hash = TRY(from_base64(text));
        if (hash.size() != crypto::Digest {}.size())
            return at_fault("receipt", "a hash of another size");
        std::ranges::copy(hash, out.path.emplace_back().begin());
    }
    return out;
}

Result<void> put_receipt(path const& folder, Exchange const& exchange, Stored const& stored,
    ledger::Verifier const& own_register)
{
    auto const text = TRY(crypto::enclosed_content(stored.receipt));
    TRY(put(folder / "receipt.p7m", stored.receipt));
    TRY(put(folder / "receipt.json", as_view(text)));
    if (stored.direction == "in") return {}; // our own receipt shows our own register
    auto const receipt = TRY(json::read_text<message::Receipt>(text, json::Unknown::keep));
    auto const proof = TRY(proof_in(receipt.register_entry));
    MUST(own_register.name != receipt.register_entry.log);
    auto const log = TRY(exchange.trust().register_key_of(stored.peer, proof.checkpoint));
    TRY(put_register(folder / "peer-register", proof, log));
    auto const& cosigned = receipt.register_entry.cosigned;
    // One of before a change of the register's key proves nothing under this one.
    if (cosigned && ledger::open_checkpoint(*cosigned, log).ok())
        TRY(put_cosigned(folder / "peer-register", *cosigned, exchange.trust()));
    return {};
}

Result<void> put_parts(
    path const& folder, Exchange const& exchange, std::span<Bytes const> parts, Opened opened)
{
    TRY(make_folder(folder / "parts"));
    if (opened == Opened::yes) TRY(make_folder(folder / "opened"));
    for (std::size_t i = 0; i < parts.size(); ++i) {
        TRY(put(folder / "parts" / fmt::format("{}.p7m", i + 1), parts[i]));
        if (opened == Opened::no) continue;
        auto const plain = TRY(exchange.self().open(parts[i]));
        TRY(put(folder / "opened" / std::to_string(i + 1), plain));
    }
    return {};
}

/// The roots that answer for the two signatures: those of then, where they have changed.
Result<void> put_roots(path const& folder, Exchange const& exchange, Stored const& stored)
{
    auto const trust = exchange.trust();
    auto const root_pem = [&](std::string const& state, ByteView signature) -> Result<std::string> {
        if (signature.empty()) return TRY(trust.find(state)).root.pem();
        return TRY(trust.root_of(state, TRY(crypto::claimed_signer(signature)))).pem();
    };
    bool const out = stored.direction == "out";
    auto const& own = exchange.self().state;
    auto const sender = TRY(root_pem(out ? own : stored.peer, stored.signature));
    auto const receiver = TRY(root_pem(out ? stored.peer : own, stored.receipt));
    TRY(put(folder / "sender-root.pem", as_view(sender)));
    return put(folder / "receiver-root.pem", as_view(receiver));
}

Result<void> put_instant(path const& file, Instant at)
{
    auto const seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    return put(file, as_view(std::to_string(seconds)));
}

/// When a message arrived or, while there is no receipt, was numbered. Signatures are judged then:
/// the certificates of today say nothing about them.
Result<Instant> arrival_of(Transaction& transaction, Stored const& stored)
{
    if (!stored.receipt.empty()) {
        auto const text = TRY(crypto::enclosed_content(stored.receipt));
        return TRY(json::read_text<message::Receipt>(text, json::Unknown::keep)).persisted_at;
    }
    auto const leaf = TRY(ledger::leaf(transaction, *stored.entry));
    return TRY(json::read_text<message::RegisterEntry>(as_text(leaf), json::Unknown::keep)).at;
}

/// On arrival, or when it was signed where it waited past the end of its seal.
Instant judged_at(ByteView signature, Instant arrived)
{
    auto const signer = crypto::claimed_signer(signature);
    auto const signed_at = crypto::signing_time(signature);
    if (!signer.ok() || !signed_at.ok() || signer.value().valid_at(arrived)) return arrived;
    return signed_at.value();
}

/// A folder of evidence while it is being checked.
struct Checking {
    path folder;
    std::vector<std::string> holds;

    Result<Bytes> file(std::string const& name) const
    {
        auto content = read_file(folder / name, file_bytes_max);
        if (content.ok()) return content;
        return at_fault(name, content.error().what);
    }
    bool has(std::string const& name) const { return std::filesystem::exists(folder / name); }
    Result<std::string> text(std::string const& name) const
    {
        return std::string { as_text(TRY(file(name))) };
    }
};

/// The certificate inside a signature, once the root in `root_file` answers for it.
Result<crypto::Certificate> answered_for(
    Checking const& checking, ByteView signature, std::string const& root_file, Instant at)
{
    auto const root = TRY(crypto::Certificate::read_pem(TRY(checking.text(root_file))));
    auto signer = TRY(crypto::claimed_signer(signature));
    if (!signer.issued_by(root)) return at_fault(root_file, "it did not sign the seal");
    if (!signer.valid_at(at))
        return at_fault(root_file, fmt::format("the seal was not valid on {}", to_text(at)));
    return signer;
}

Result<Instant> instant_in(Checking const& checking, std::string const& file)
{
    auto const text = TRY(checking.text(file));
    std::int64_t seconds = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (code != std::errc {} || end != text.data() + text.size())
        return at_fault(file, "not a number of seconds");
    return Instant { std::chrono::seconds { seconds } };
}

Result<message::Manifest> check_manifest(Checking& checking, Instant at)
{
    auto const text = TRY(checking.file("manifest.json"));
    auto const signature = TRY(checking.file("manifest.p7s"));
    auto const seal = answered_for(checking, signature, "sender-root.pem", at);
    if (!seal.ok()) return at_fault("manifest.p7s", seal.error().what);
    if (!crypto::verify_detached(signature, text, seal.value()).ok())
        return at_fault("manifest.p7s", "it is not the sender's signature over manifest.json");
    checking.holds.emplace_back("manifest: signed by the sending State");
    return message::read_manifest(as_text(text));
}

Result<void> check_parts(Checking& checking, message::Manifest const& manifest)
{
    for (auto const& part : manifest.parts) {
        auto const sealed = fmt::format("parts/{}.p7m", part.n);
        auto const opened = fmt::format("opened/{}", part.n);
        if (!checking.has(sealed)) {
            checking.holds.push_back(sealed + ": destroyed on its day");
            continue;
        }
        if (to_hex(crypto::sha256(TRY(checking.file(sealed)))) != part.cipher_sha256)
            return at_fault(sealed, "it is not the part that the manifest names");
        checking.holds.push_back(sealed + ": the part that the manifest names");
        if (!checking.has(opened)) continue;
        if (to_hex(crypto::sha256(TRY(checking.file(opened)))) != part.plain_sha256)
            return at_fault(opened, "it is not what was sealed");
        checking.holds.push_back(opened + ": what was sealed");
    }
    return {};
}

Result<void> check_receipt(Checking& checking, message::Manifest const& manifest, Instant at)
{
    if (!checking.has("receipt.p7m")) return {};
    auto const signature = TRY(checking.file("receipt.p7m"));
    auto const seal = answered_for(checking, signature, "receiver-root.pem", at);
    if (!seal.ok()) return at_fault("receipt.p7m", seal.error().what);
    auto const content = crypto::verify_enclosed(signature, seal.value());
    if (!content.ok()) return at_fault("receipt.p7m", "it is not signed by the receiving State");
    if (content.value() != TRY(checking.file("receipt.json")))
        return at_fault("receipt.json", "it is not what was signed");
    auto const receipt
        = TRY(json::read_text<message::Receipt>(as_text(content.value()), json::Unknown::keep));
    if (receipt.message_id != manifest.id
        || receipt.manifest_sha256 != to_hex(crypto::sha256(TRY(checking.file("manifest.json"))))
        || receipt.signature_sha256 != to_hex(crypto::sha256(TRY(checking.file("manifest.p7s")))))
        return at_fault("receipt.json", "it is for another message");
    checking.holds.push_back(
        fmt::format("receipt: {}, signed by the receiving State", json::word(receipt.kind)));
    return {};
}

Result<ledger::Proof> read_proof(Checking const& checking, std::string const& name)
{
    ledger::Proof out;
    out.leaf = TRY(checking.file(name + "/leaf"));
    out.checkpoint = TRY(checking.text(name + "/checkpoint"));
    auto const index = TRY(checking.text(name + "/index"));
    auto const end = index.data() + index.size();
    if (std::from_chars(index.data(), end, out.index).ptr != end || index.empty())
        return at_fault(name + "/index", "not a number");
    for (int n = 1; checking.has(fmt::format("{}/path/{:02}", name, n)); ++n) {
        auto const file = fmt::format("{}/path/{:02}", name, n);
        auto const hash = TRY(checking.file(file));
        if (hash.size() != crypto::Digest {}.size()) return at_fault(file, "not a SHA-256");
        std::ranges::copy(hash, out.path.emplace_back().begin());
    }
    return out;
}

/// The commitment of the leaf, where the content is laid open.
Result<void> check_commitment(
    Checking& checking, std::string const& name, message::RegisterEntry const& entry)
{
    if (!checking.has("opened/1")) return {};
    auto const plain = TRY(checking.file("opened/1"));
    auto const salt = TRY(from_base64(TRY(message::read_part(plain)).head.salt));
    auto const text = TRY(checking.file("manifest.json"));
    if (to_hex(crypto::hmac_sha256(salt, text)) != entry.commitment)
        return at_fault(name + "/leaf", "it does not commit to this content");
    checking.holds.push_back(name + ": commits to this very content");
    return {};
}

Result<std::vector<ledger::Verifier>> read_witnesses(
    Checking const& checking, std::string const& name)
{
    std::vector<ledger::Verifier> out;
    for (;;) {
        auto const folder = fmt::format("{}/witness/{:02}", name, out.size() + 1);
        if (!checking.has(folder)) return out;
        auto const text = TRY(checking.text(folder + "/verifier"));
        auto witness = ledger::Verifier::read_witness(text);
        if (!witness.ok()) return at_fault(folder + "/verifier", witness.error().what);
        if (TRY(checking.text(folder + "/key.pem")) != key_pem(witness.value().key))
            return at_fault(folder + "/key.pem", "it is not the key of the verifier");
        out.push_back(witness.take());
    }
}

Result<void> check_cosigned(
    Checking& checking, std::string const& name, ledger::Verifier const& verifier)
{
    auto const file = name + "/cosigned";
    if (!checking.has(file)) return {};
    auto const note = TRY(checking.text(file));
    auto const head = ledger::open_checkpoint(note, verifier);
    if (!head.ok()) return at_fault(file, head.error().what);
    auto const witnesses = TRY(read_witnesses(checking, name));
    auto const lines = ledger::cosignatures(note, witnesses);
    if (!lines.ok()) return at_fault(file, lines.error().what);
    if (lines.value().size() != witnesses.size()) return at_fault(file, "a witness has no line");
    for (auto const& line : lines.value())
        checking.holds.push_back(
            fmt::format("{}: {} entries cosigned by {}", name, head.value().size, line.witness));
    return {};
}

Result<void> check_register(
    Checking& checking, std::string const& name, message::Manifest const& manifest)
{
    if (!checking.has(name)) return {};
    auto const proof = TRY(read_proof(checking, name));
    auto const verifier = TRY(ledger::Verifier::read(TRY(checking.text(name + "/verifier"))));
    if (TRY(checking.text(name + "/key.pem")) != key_pem(verifier.key))
        return at_fault(name + "/key.pem", "it is not the key of the verifier");
    auto const head = ledger::open_checkpoint(proof.checkpoint, verifier);
    if (!head.ok()) return at_fault(name + "/checkpoint", head.error().what);
    if (!ledger::verify_inclusion(ledger::leaf_hash(proof.leaf), proof.index, head.value().size,
            proof.path, head.value().root))
        return at_fault(name + "/leaf", "the entry is not under the signed head");
    auto const entry
        = TRY(json::read_text<message::RegisterEntry>(as_text(proof.leaf), json::Unknown::keep));
    if (entry.message != manifest.id)
        return at_fault(name + "/leaf", "it speaks of another message");
    checking.holds.push_back(fmt::format(
        "{}: entry {} of {} in {}", name, proof.index, head.value().size, verifier.name));
    TRY(check_cosigned(checking, name, verifier));
    return check_commitment(checking, name, entry);
}

} // namespace

Result<void> export_evidence(Transaction& transaction, Exchange const& exchange,
    ledger::Verifier const& own_register, std::string_view message_id, path const& folder,
    Opened opened)
{
    auto const stored = TRY(message_by_id(transaction, message_id));
    if (!stored.entry)
        return Error { Error::Kind::conflict,
            fmt::format("message {} has not been sent: there is nothing to prove yet", message_id),
            "id" };
    auto const parts = TRY(parts_of(transaction, message_id));
    if (std::filesystem::exists(folder))
        return Error { Error::Kind::conflict,
            fmt::format("{} exists already; nothing was written", folder.string()) };
    TRY(make_folder(folder));
    TRY(put(folder / "manifest.json", stored.manifest));
    TRY(put(folder / "manifest.p7s", stored.signature));
    TRY(put_parts(folder, exchange, parts, opened));
    TRY(export_attachments(transaction, exchange, stored, folder, opened));
    TRY(put_register(
        folder / "own-register", TRY(ledger::prove(transaction, *stored.entry)), own_register));
    TRY(put_roots(folder, exchange, stored));
    auto const arrived = TRY(arrival_of(transaction, stored));
    TRY(put_instant(folder / "checked-at", judged_at(stored.signature, arrived)));
    TRY(put_instant(folder / "receipt-checked-at", arrived));
    if (!stored.receipt.empty()) TRY(put_receipt(folder, exchange, stored, own_register));
    TRY(put(folder / "verify.sh", as_view(verify_script)));
    std::filesystem::permissions(folder / "verify.sh", std::filesystem::perms::owner_all);
    return {};
}

Result<std::vector<std::string>> verify_evidence(path const& folder)
{
    Checking checking { folder, {} };
    auto const manifest = TRY(check_manifest(checking, TRY(instant_in(checking, "checked-at"))));
    TRY(check_parts(checking, manifest));
    TRY(verify_attachments(folder, manifest, checking.holds));
    TRY(check_receipt(checking, manifest, TRY(instant_in(checking, "receipt-checked-at"))));
    TRY(check_register(checking, "own-register", manifest));
    TRY(check_register(checking, "peer-register", manifest));
    return std::move(checking.holds);
}

} // namespace comity::exchange
