#include "exchange/packet.h"

#include "base/file.h"
#include "exchange/attachment_store.h"
#include "exchange/packet_archive.h"
#include "ledger/merkle.h"

#include <fmt/format.h>

namespace comity::exchange {
namespace {

using message::Channel;
using message::Manifest;
using message::RegisterProof;
using store::Transaction;

constexpr std::uint32_t packet_version = 1;

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

Error altered(std::string const& name)
{
    return { Error::Kind::not_authentic, fmt::format("{} of the packet was altered", name), name };
}

std::string text_of(PacketCover const& cover)
{
    return json::to_text(cover) + '\n';
}

std::string form_of(PacketCover const& cover)
{
    return fmt::format("RECEIPT OF A COURIER PACKET\n"
                       "Police Cooperation Convention for Southeast Europe, Article 32(7)\n\n"
                       "Packet   {}\nFrom     {}\nTo       {}\nNumber   {}\n\n"
                       "Outer seal whole:      yes [ ]   no [ ]\n"
                       "Received on, at:       ______________________\n"
                       "Name and function:     ______________________\n"
                       "Signature:             ______________________\n",
        cover.packet, cover.from, cover.to, cover.number);
}

std::string part_name(std::size_t n)
{
    return fmt::format("parts/{}.p7m", n);
}
std::string list_name(std::uint32_t n)
{
    return fmt::format("attachments/{}/hashes", n);
}
std::string chunk_name(std::uint32_t n, std::uint32_t chunk)
{
    return fmt::format("attachments/{}/{:04}.p7m", n, chunk);
}

/// Everything of a packet but its attachments.
struct Head {
    Stored message;
    Manifest manifest;
    std::vector<Bytes> parts;
    RegisterProof proof;
};

Result<RegisterProof> proof_of(Transaction& transaction, std::string const& log, Stored const& of)
{
    MUST(of.entry.has_value());
    auto const proof = TRY(ledger::prove(transaction, *of.entry));
    RegisterProof out { log, proof.index, to_base64(proof.leaf), {}, proof.checkpoint };
    for (auto const& hash : proof.path) out.path.push_back(to_base64(hash));
    return out;
}

Result<Head> read_head(store::Store& store, Stored message)
{
    auto manifest = TRY(message::read_manifest(as_text(message.manifest)));
    return store.read([&](Transaction& transaction) -> Result<Head> {
        Head out { std::move(message), std::move(manifest), {}, {} };
        out.parts = TRY(parts_of(transaction, out.message.id));
        if (out.parts.empty())
            return Error { Error::Kind::conflict,
                fmt::format("the content of message {} is destroyed here", out.message.id), "id" };
        out.proof = TRY(proof_of(transaction, out.manifest.register_log, out.message));
        return out;
    });
}

/// A line as sha256sum writes it.
std::string content_line(std::string_view name, ByteView content)
{
    return fmt::format("{}  {}\n", to_hex(crypto::sha256(content)), name);
}

/// Writes the members, and at the end what they are, signed: so even what the receiver cannot read,
/// as the sender's own copy of a key, cannot change unseen.
class PacketWriter {
public:
    explicit PacketWriter(ArchiveWriter archive)
        : archive_(std::move(archive))
    {
    }
    Result<void> add(std::string_view name, ByteView content)
    {
        contents_ += content_line(name, content);
        return archive_.add(name, content);
    }
    Result<WrittenFile> finish(crypto::Identity const& seal, Instant now)
    {
        TRY(archive_.add("contents", as_view(contents_)));
        TRY(archive_.add("contents.p7s",
            crypto::sign(as_view(contents_), crypto::Content::detached, seal, now)));
        return archive_.finish();
    }

private:
    ArchiveWriter archive_;
    std::string contents_ {};
};

Result<void> add_attachment(PacketWriter& archive, store::Store& store,
    message::SealedAttachment const& each, AttachmentKey const& key)
{
    auto const row = TRY(store.read([&](Transaction& t) { return find_attachment(t, key); }));
    if (!row)
        return Error { Error::Kind::conflict, "an attachment is destroyed here", "attachments" };
    TRY(archive.add(list_name(each.n), row->hashes));
    for (std::uint32_t chunk = 1; chunk <= each.chunks; ++chunk) {
        auto const sealed
            = TRY(store.read([&](Transaction& t) { return chunk_at(t, key, chunk); }));
        TRY(archive.add(chunk_name(each.n, chunk), sealed));
    }
    return {};
}

Result<WrittenFile> write_packet(store::Store& store, Exchange const& exchange, Head const& head,
    PacketCover const& cover, std::filesystem::path const& file)
{
    auto const reader = TRY(TRY(exchange.trust().find(cover.to)).sealing(exchange.now()));
    std::array const readers { reader, exchange.self().sealing.certificate };
    PacketWriter archive { TRY(ArchiveWriter::create(file)) };
    TRY(archive.add("packet.json", as_view(text_of(cover))));
    TRY(archive.add("receipt-form.txt", as_view(form_of(cover))));
    TRY(archive.add("manifest.p7m", crypto::seal(head.message.manifest, readers)));
    TRY(archive.add("manifest.p7s", head.message.signature));
    TRY(archive.add("register.p7m", crypto::seal(as_view(json::to_text(head.proof)), readers)));
    for (std::size_t i = 0; i < head.parts.size(); ++i)
        TRY(archive.add(part_name(i + 1), head.parts[i]));
    for (auto const& each : head.manifest.sealed_attachments())
        TRY(add_attachment(
            archive, store, each, { head.message.id, "out", head.message.peer, each.n }));
    return archive.finish(exchange.self().seal, exchange.now());
}

/// Reads the members in the one order that there is.
class Members {
public:
    explicit Members(ArchiveReader archive)
        : archive_(std::move(archive))
    {
    }
    Result<Bytes> take(std::string const& name)
    {
        auto member = TRY(archive_.next());
        if (!member || member->name != name)
            return malformed(name,
                fmt::format("{} is expected in the packet, {} is there", name,
                    member ? member->name : "its end"));
        contents_ += content_line(name, member->content);
        return std::move(member->content);
    }
    /// What came is what the sender signed, and nothing follows.
    Result<void> end(Peer const& sender, Instant now)
    {
        auto const contents = contents_;
        if (as_text(TRY(take("contents"))) != contents) return altered("contents");
        auto const signature = TRY(take("contents.p7s"));
        auto const signer = TRY(crypto::claimed_signer(signature));
        auto const seal = TRY(sender.seal(to_hex(signer.fingerprint()), now));
        TRY(crypto::verify_detached(signature, as_view(contents), seal));
        if (auto const more = TRY(archive_.next()))
            return malformed(more->name, "the packet holds more than its manifest names");
        return {};
    }

private:
    ArchiveReader archive_;
    std::string contents_ {};
};

Result<PacketCover> read_cover(Members& members, Exchange const& exchange)
{
    auto const text = TRY(members.take("packet.json"));
    auto const cover = TRY(json::read_text<PacketCover>(as_text(text), json::Unknown::refuse));
    if (cover.v != packet_version) return malformed("v", fmt::format("must be {}", packet_version));
    if (cover.to != exchange.self().state)
        return malformed("to",
            fmt::format("this node is {}, the packet is for {}", exchange.self().state, cover.to));
    if (as_text(text) != text_of(cover)) return altered("packet.json");
    if (as_text(TRY(members.take("receipt-form.txt"))) != form_of(cover))
        return altered("receipt-form.txt");
    return cover;
}

Result<void> check_cover(PacketCover const& cover, Manifest const& manifest)
{
    bool const same = manifest.id == cover.packet && manifest.from.state == cover.from
        && manifest.to.state == cover.to && manifest.seq == cover.number;
    if (!same) return altered("packet.json");
    return {};
}

/// The sender entered the sending before it packed.
Result<ledger::Checkpoint> check_entry(
    RegisterProof const& shown, Peer const& sender, Manifest const& manifest)
{
    auto const wrong = [](std::string_view what) {
        return Error { Error::Kind::not_authentic,
            fmt::format("the sender's register entry: {}", what), "register.p7m" };
    };
    auto const head = TRY(ledger::open_checkpoint(shown.checkpoint, sender.register_key));
    auto const leaf = TRY(from_base64(shown.leaf));
    std::vector<crypto::Digest> path;
    for (auto const& text : shown.path) {
        auto const hash = TRY(from_base64(text));
        if (hash.size() != crypto::Digest {}.size()) return wrong("a hash of another size");
        std::ranges::copy(hash, path.emplace_back().begin());
    }
    if (!ledger::verify_inclusion(ledger::leaf_hash(leaf), shown.index, head.size, path, head.root))
        return wrong("it is not under the head it names");
    auto const entry
        = TRY(json::read_text<message::RegisterEntry>(as_text(leaf), json::Unknown::keep));
    if (entry.message != manifest.id || entry.act != message::Act::sent)
        return wrong("it speaks of something else");
    return head;
}

Result<void> take_attachment(Members& members, Attachments const& attachments,
    Manifest const& manifest, message::SealedAttachment const& each)
{
    auto const& from = manifest.from.state;
    TRY(attachments.open(from, manifest.id, each.n, TRY(members.take(list_name(each.n)))));
    for (std::uint32_t chunk = 1; chunk <= each.chunks; ++chunk) {
        auto const sealed = TRY(members.take(chunk_name(each.n, chunk)));
        TRY(attachments.take_chunk(from, manifest.id, each.n, chunk, sealed));
    }
    return {};
}

Result<void> see_head(
    store::Store& store, ledger::Checkpoint const& head, std::string const& note, Instant now)
{
    return store.write([&](Transaction& transaction) -> Result<void> {
        TRY(ledger::observe(transaction, head, note, 0, now));
        return {};
    });
}

} // namespace

Result<Packed> pack(store::Store& store, Exchange& exchange, std::string_view message_id,
    std::filesystem::path const& file)
{
    auto message = TRY(exchange.number_for_courier(message_id));
    if (message.state == "withheld")
        return Error { Error::Kind::not_permitted,
            fmt::format("message {} has no channel that is open to it (A32(7))", message_id),
            "classification.level" };
    auto const head = TRY(read_head(store, std::move(message)));
    PacketCover const cover { packet_version, head.message.id, head.manifest.from.state,
        head.manifest.to.state, head.manifest.seq };
    auto const written = TRY(write_packet(store, exchange, head, cover, file));
    return Packed { cover, written.sha256, written.bytes };
}

Result<Unpacked> unpack(store::Store& store, Exchange& exchange, std::filesystem::path const& file)
{
    Members members { TRY(ArchiveReader::open(file)) };
    auto const cover = TRY(read_cover(members, exchange));
    auto const self = exchange.self();
    Envelope envelope;
    envelope.manifest = TRY(self.open(TRY(members.take("manifest.p7m"))));
    envelope.signature = TRY(members.take("manifest.p7s"));
    auto const proof = TRY(json::read_text<RegisterProof>(
        as_text(TRY(self.open(TRY(members.take("register.p7m"))))), json::Unknown::keep));
    auto const manifest = TRY(message::read_manifest(as_text(envelope.manifest)));
    for (auto const& part : manifest.parts)
        envelope.parts.push_back(TRY(members.take(part_name(part.n))));
    TRY(check_cover(cover, manifest));
    TRY(exchange.check(envelope, cover.from, Channel::courier));
    auto const sender = TRY(exchange.trust().find(cover.from));
    auto const head = TRY(check_entry(proof, sender, manifest));
    for (auto const& each : manifest.sealed_attachments())
        TRY(take_attachment(members, exchange.attachments(), manifest, each));
    TRY(members.end(sender, exchange.now()));
    TRY(see_head(store, head, proof.checkpoint, exchange.now()));
    auto receipt = TRY(exchange.receive(envelope, cover.from, Channel::courier));
    auto const text = TRY(crypto::enclosed_content(receipt));
    auto const read = TRY(json::read_text<message::Receipt>(text, json::Unknown::keep));
    return Unpacked { cover, read.kind, std::move(receipt) };
}

Result<std::string> take_packet_receipt(Exchange& exchange, Bytes const& receipt)
{
    auto const text = TRY(crypto::enclosed_content(receipt));
    auto const read = TRY(json::read_text<message::Receipt>(text, json::Unknown::keep));
    TRY(exchange.acknowledge(read.message_id, receipt));
    return read.message_id;
}

} // namespace comity::exchange
