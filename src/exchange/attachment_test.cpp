#include "exchange/attachment_carrier.h"
#include "exchange/trial_node_test.h"

#include <fmt/format.h>

#include <algorithm>

/// Attachments between two nodes: what is sealed, how it comes, what is refused.
namespace comity::exchange::trial {
namespace {

constexpr std::size_t chunk_bytes = 100;

AttachmentSettings small()
{
    AttachmentSettings out;
    out.chunk_bytes = chunk_bytes;
    return out;
}

Bytes content_of(std::size_t size)
{
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i * 7 + i / 251);
    return out;
}

/// Gives at most a few bytes at a time, and remembers the most that it was asked for.
ByteSource source_of(Bytes content, std::size_t* most_asked = nullptr)
{
    auto const rest = std::make_shared<Bytes>(std::move(content));
    auto const at = std::make_shared<std::size_t>(0);
    return [rest, at, most_asked](std::span<std::uint8_t> room) -> Result<std::size_t> {
        if (most_asked) *most_asked = std::max(*most_asked, room.size());
        auto const count = std::min({ room.size(), rest->size() - *at, std::size_t { 33 } });
        std::copy_n(rest->begin() + static_cast<std::ptrdiff_t>(*at), count, room.begin());
        *at += count;
        return count;
    };
}

/// Two nodes and the line between them.
struct Pair {
    Node sofia { 0, small() };
    Node bucharest { 1, small() };
    std::size_t puts = 0, largest = 0;
    std::size_t breaks_after = SIZE_MAX; ///< Chunks until the line breaks.

    AttachmentLine line()
    {
        return { [this](AttachmentKey const& of) -> Result<std::optional<Progress>> {
                    auto found = there().progress("BG", of.message, of.n);
                    if (found.ok()) return std::optional { found.take() };
                    if (found.error().kind == Error::Kind::not_found)
                        return std::optional<Progress> {};
                    return found.error();
                },
            [this](AttachmentKey const& of, ByteView hashes) {
                return there().open("BG", of.message, of.n, hashes);
            },
            [this](AttachmentKey const& of, std::uint32_t chunk, ByteView sealed) -> Result<void> {
                if (puts == breaks_after)
                    return Error { Error::Kind::unavailable, "the line broke" };
                ++puts;
                largest = std::max(largest, sealed.size());
                return there().take_chunk("BG", of.message, of.n, chunk, sealed);
            } };
    }
    Attachments const& here() { return sofia.exchange->attachments(); }
    Attachments const& there() { return bucharest.exchange->attachments(); }
    Result<bool> bring() { return bring_attachment(here(), "RO", line()); }

    void bring_all()
    {
        for (int i = 0; i < 100; ++i)
            if (!bring().value()) return;
        FAIL() << "something waits for ever";
    }

    std::string queue(std::vector<Bytes> files)
    {
        sofia.now += std::chrono::milliseconds { 1 }; // what is sealed first is brought first
        auto out = sofia.outgoing("with files", "RO");
        for (auto& file : files)
            out.attachments.push_back({ fmt::format("file {}", out.attachments.size() + 1),
                "image/png", source_of(std::move(file)) });
        return sofia.queue(std::move(out)).take();
    }
    /// Everything: the files, then their message. Its manifest as it was signed.
    message::Manifest deliver(std::string const& id)
    {
        bring_all();
        EXPECT_EQ(sofia.exchange->number("RO").value(), 1U);
        auto const message = waiting(sofia, "RO");
        auto const receipt = bucharest.exchange->receive(message.envelope, "BG").take();
        EXPECT_TRUE(sofia.exchange->acknowledge(id, receipt).ok());
        return message::read_manifest(as_text(message.envelope.manifest)).value();
    }
    /// As the receiver reads it.
    Bytes read(message::Manifest const& manifest, std::size_t which)
    {
        Bytes out;
        auto const& each = manifest.sealed_attachments()[which];
        for (std::uint32_t chunk = 1; chunk <= each.chunks; ++chunk) {
            auto const sealed = chunk_there(manifest.id, each.n, chunk);
            auto const plain = crypto::open(sealed, bucharest.keys.sealing).take();
            auto const head_bytes = message::read_chunk(plain).value().head_bytes;
            out.insert(
                out.end(), plain.begin() + static_cast<std::ptrdiff_t>(head_bytes), plain.end());
        }
        return out;
    }
    Bytes chunk_there(std::string const& id, std::uint32_t n, std::uint32_t chunk)
    {
        return bucharest.store
            ->read([&](Transaction& t) { return chunk_at(t, { id, "in", "BG", n }, chunk); })
            .take();
    }
    std::string state_there(std::string const& id, std::uint32_t n = 2)
    {
        auto const row
            = bucharest.store
                  ->read([&](Transaction& t) { return find_attachment(t, { id, "in", "BG", n }); })
                  .take();
        return row ? row->state : "none";
    }
    std::int64_t chunks_in(Node& node)
    {
        return *node.store
                    ->read([](Transaction& t) {
                        return t.one("SELECT count(*) FROM exchange_chunk",
                            [](store::Row const& row) { return row.integer(0); });
                    })
                    .value();
    }
};

} // namespace

TEST(Attachment, of_every_size_around_a_chunk_arrives_as_it_was)
{
    Pair pair;
    for (std::size_t const size : { 0U, 1U, 99U, 100U, 101U, 199U, 200U, 201U, 1000U }) {
        auto const id = pair.queue({ content_of(size) });
        auto const manifest = pair.deliver(id);
        auto const& named = manifest.sealed_attachments()[0];
        EXPECT_EQ(named.bytes, size);
        EXPECT_EQ(named.chunks, std::max<std::size_t>(1, (size + 99) / 100)) << size;
        EXPECT_EQ(pair.read(manifest, 0), content_of(size));
        EXPECT_EQ(pair.bucharest.stored(id).state, "received");
        EXPECT_EQ(pair.sofia.stored(id).state, "delivered");
    }
}

TEST(Attachment, is_never_in_memory_beyond_a_chunk)
{
    Pair pair;
    std::size_t most_asked = 0;
    auto out = pair.sofia.outgoing("large", "RO");
    out.attachments = { { "film", "video/mp4", source_of(content_of(50'000), &most_asked) } };
    auto const id = pair.sofia.queue(std::move(out)).take();
    pair.deliver(id);
    EXPECT_LE(most_asked, chunk_bytes);
    EXPECT_LE(pair.largest, chunk_bytes + 2048);
    EXPECT_EQ(pair.puts, 500U);
}

TEST(Attachment, several_files_are_numbered_after_the_parts)
{
    Pair pair;
    auto const id = pair.queue({ content_of(10), content_of(250) });
    auto const manifest = pair.deliver(id);
    ASSERT_EQ(manifest.sealed_attachments().size(), 2U);
    EXPECT_EQ(manifest.sealed_attachments()[0].n, 2U);
    EXPECT_EQ(manifest.sealed_attachments()[1].n, 3U);
    EXPECT_EQ(pair.read(manifest, 1), content_of(250));
}

TEST(Attachment, a_message_without_waits_for_none_that_has_some)
{
    Pair pair;
    pair.queue({ content_of(1000) });
    auto const plain = pair.sofia.queue("plain", "RO").take();
    EXPECT_EQ(pair.sofia.exchange->number("RO").value(), 1U);
    EXPECT_EQ(pair.sofia.stored(plain).seq, 1U);
    EXPECT_FALSE(pair.sofia.exchange->load("RO").value().waiting);
    pair.bring_all();
    EXPECT_TRUE(pair.sofia.exchange->load("RO").value().waiting);
}

TEST(Attachment, a_cut_line_goes_on_where_it_was_cut)
{
    Pair pair;
    auto const id = pair.queue({ content_of(1000) });
    pair.breaks_after = 4;
    EXPECT_EQ(pair.bring().error().kind, Error::Kind::unavailable);
    auto const far = pair.there().progress("BG", id, 2).value();
    ASSERT_EQ(far.lacks.size(), 1U);
    EXPECT_EQ(far.lacks[0].from, 5U);
    EXPECT_EQ(far.lacks[0].to, 10U);
    pair.sofia.open(); // both ends crash
    pair.bucharest.open();
    pair.breaks_after = SIZE_MAX;
    EXPECT_EQ(pair.read(pair.deliver(id), 0), content_of(1000));
    EXPECT_EQ(pair.puts, 10U);
}

TEST(Attachment, a_message_before_its_attachments_is_asked_to_come_again)
{
    Pair pair;
    auto const id = pair.queue({ content_of(300) });
    pair.bring_all();
    ASSERT_EQ(pair.sofia.exchange->number("RO").value(), 1U);
    auto const message = waiting(pair.sofia, "RO");
    ASSERT_TRUE(pair.bucharest.store
            ->write([&](Transaction& t) { return delete_attachment(t, { id, "in", "BG", 2 }); })
            .ok());
    auto const error = refusal(pair.bucharest, message.envelope);
    EXPECT_EQ(error.kind, Error::Kind::conflict);
    EXPECT_EQ(error.field, "attachments");
    EXPECT_TRUE(
        pair.bucharest.store->read([](Transaction& t) { return forks(t); }).value().empty());
    EXPECT_EQ(
        pair.sofia.exchange->bring_attachments_again(id).error().kind, Error::Kind::unavailable);
    EXPECT_TRUE(pair.bring().value());
    EXPECT_TRUE(pair.bucharest.exchange->receive(message.envelope, "BG").ok());
    EXPECT_EQ(pair.state_there(id), "taken");
}

TEST(Attachment, one_chunk_too_few_is_said_with_its_numbers)
{
    Pair pair;
    auto const id = pair.queue({ content_of(300) });
    pair.bring_all();
    ASSERT_EQ(pair.sofia.exchange->number("RO").value(), 1U);
    ASSERT_TRUE(pair.bucharest.store
            ->write(
                [](Transaction& t) { return t.run("DELETE FROM exchange_chunk WHERE chunk = 2"); })
            .ok());
    auto const error = refusal(pair.bucharest, waiting(pair.sofia, "RO").envelope);
    EXPECT_NE(error.what.find("2 of 3 chunks"), std::string::npos) << error.what;
    EXPECT_EQ(pair.state_there(id), "coming");
}

TEST(Attachment, an_altered_chunk_is_refused_as_it_comes)
{
    Pair pair;
    auto const id = pair.queue({ content_of(300) });
    auto const cargo = pair.here().next_for("RO").value().value();
    auto sealed = pair.here().chunk(cargo, 1).take();
    EXPECT_EQ(pair.there().take_chunk("BG", id, 2, 1, sealed).error().kind,
        Error::Kind::not_found); // no list yet
    ASSERT_TRUE(pair.there().open("BG", id, 2, cargo.hashes).ok());
    EXPECT_EQ(pair.there().take_chunk("BG", id, 2, 0, sealed).error().kind, Error::Kind::not_found);
    EXPECT_EQ(pair.there().take_chunk("BG", id, 2, 4, sealed).error().kind, Error::Kind::not_found);
    EXPECT_EQ(
        pair.there().take_chunk("BG", id, 2, 2, sealed).error().kind, Error::Kind::not_authentic);
    ASSERT_TRUE(pair.there().take_chunk("BG", id, 2, 1, sealed).ok());
    ASSERT_TRUE(pair.there().take_chunk("BG", id, 2, 1, sealed).ok()); // again: nothing changes
    EXPECT_EQ(pair.chunks_in(pair.bucharest), 1);
    sealed[sealed.size() / 2] ^= 1;
    EXPECT_EQ(
        pair.there().take_chunk("BG", id, 2, 1, sealed).error().kind, Error::Kind::not_authentic);
    Bytes const huge(sealed_chunk_bytes_max + 1);
    EXPECT_EQ(pair.there().take_chunk("BG", id, 2, 1, huge).error().kind, Error::Kind::too_large);
}

TEST(Attachment, a_list_of_hashes_has_its_form)
{
    Pair pair;
    auto const id = uuid_v7(start, crypto::system_random());
    Bytes const most(hash_list_bytes_max), none, odd(33), over(hash_list_bytes_max + 32);
    auto const kind = [&](std::string const& message, std::uint32_t n, Bytes const& list) {
        return pair.there().open("BG", message, n, list).error().kind;
    };
    EXPECT_TRUE(pair.there().open("BG", id, 2, most).ok());
    EXPECT_TRUE(pair.there().open("BG", id, 64, most).ok());
    EXPECT_EQ(kind(id, 1, most), Error::Kind::malformed);
    EXPECT_EQ(kind(id, 65, most), Error::Kind::malformed);
    EXPECT_EQ(kind("1", 2, most), Error::Kind::malformed);
    EXPECT_EQ(kind(id, 2, none), Error::Kind::malformed);
    EXPECT_EQ(kind(id, 2, odd), Error::Kind::malformed);
    EXPECT_EQ(kind(id, 2, over), Error::Kind::too_large);
}

TEST(Attachment, that_does_not_open_gets_its_message_a_signed_rejection)
{
    Pair pair;
    auto const id = pair.queue({ content_of(10) });
    auto const other = pair.queue({ content_of(10) });
    // The chunk of another message under this one's list: sealed to us, but not of it.
    auto const foreign
        = pair.sofia.store
              ->read([&](Transaction& t) { return chunk_at(t, { other, "out", "RO", 2 }, 1); })
              .take();
    ASSERT_TRUE(pair.sofia.store
            ->write([&](Transaction& t) -> Result<void> {
                TRY(replace_chunk(t, { id, "out", "RO", 2 }, 1, foreign));
                auto row = TRY(find_attachment(t, { id, "out", "RO", 2 })).value();
                auto const digest = crypto::sha256(foreign);
                row.hashes.assign(digest.begin(), digest.end());
                TRY(put_attachment(t, row));
                auto const stored = TRY(message_by_id(t, id));
                auto manifest = TRY(json::read_text<message::Manifest>(
                    as_text(stored.manifest), json::Unknown::refuse));
                (*manifest.attachments)[0].cipher_root = to_hex(root_of(row.hashes));
                TRY(t.run("UPDATE exchange_message SET manifest = $1 WHERE id = $2",
                    to_bytes(json::to_text(manifest)), id));
                return {};
            })
            .ok());
    EXPECT_TRUE(pair.bring().value());
    ASSERT_EQ(pair.sofia.exchange->number("RO").value(), 1U);
    auto const receipt
        = pair.bucharest.exchange->receive(waiting(pair.sofia, "RO").envelope, "BG").take();
    ASSERT_TRUE(pair.sofia.exchange->acknowledge(id, receipt).ok());
    EXPECT_EQ(pair.sofia.receipts.at(0).kind, message::ReceiptKind::rejected);
    EXPECT_EQ(pair.sofia.receipts.at(0).reason->code, "attachment");
    EXPECT_EQ(pair.sofia.receipts.at(0).reason->field, "attachments[0]");
    EXPECT_TRUE(pair.bucharest.contents.empty());
    EXPECT_EQ(pair.state_there(id), "dropped");
    EXPECT_EQ(pair.there().sweep().value(), 1U);
    EXPECT_EQ(pair.chunks_in(pair.bucharest), 0);
}

TEST(Attachment, over_its_limit_is_refused_and_leaves_nothing)
{
    Pair pair;
    auto const at_limit = message::chunks_max * chunk_bytes;
    auto out = pair.sofia.outgoing("at the limit", "RO");
    out.attachments = { { "a", "b/c", source_of(content_of(at_limit)) } };
    auto const sealed = pair.sofia.exchange->seal(out);
    ASSERT_TRUE(sealed.ok());
    EXPECT_EQ(sealed.value().manifest.sealed_attachments()[0].chunks, message::chunks_max);
    out.attachments = { { "a", "b/c", source_of(content_of(at_limit + 1)) } };
    auto const refused = pair.sofia.exchange->seal(out);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, Error::Kind::too_large);
    EXPECT_EQ(pair.here().sweep().value(), 1U);
    EXPECT_EQ(pair.chunks_in(pair.sofia), message::chunks_max); // of the first, still loose
    pair.sofia.now += std::chrono::hours { 24 };
    EXPECT_EQ(pair.here().sweep().value(), 0U);
    pair.sofia.now += std::chrono::microseconds { 1 };
    pair.here().sweep().take();
    EXPECT_EQ(pair.here().sweep().value(), 1U);
    EXPECT_EQ(pair.chunks_in(pair.sofia), 0);
    auto const late = pair.sofia.store->write(
        [&](Transaction& t) { return pair.sofia.exchange->submit(t, sealed.value()); });
    EXPECT_EQ(late.error().kind, Error::Kind::conflict);
}

TEST(Attachment, whose_source_fails_leaves_nothing)
{
    Pair pair;
    auto out = pair.sofia.outgoing("broken", "RO");
    out.attachments = { { "a", "b/c", [](std::span<std::uint8_t>) -> Result<std::size_t> {
                             return Error { Error::Kind::unavailable, "no disk" };
                         } } };
    EXPECT_EQ(pair.sofia.exchange->seal(out).error().what, "no disk");
    EXPECT_EQ(pair.here().sweep().value(), 1U);
    EXPECT_EQ(read_from("/nowhere/TEST").error().kind, Error::Kind::not_found);
}

TEST(Attachment, that_no_message_claims_goes_after_its_time)
{
    Pair pair;
    auto const id = pair.queue({ content_of(300) });
    pair.bring_all();
    pair.bucharest.now += pair.there().settings().unclaimed_max;
    EXPECT_EQ(pair.there().sweep().value(), 0U);
    EXPECT_EQ(pair.state_there(id), "coming");
    pair.bucharest.now += std::chrono::microseconds { 1 };
    pair.there().sweep().take();
    EXPECT_EQ(pair.there().sweep().value(), 1U);
    EXPECT_EQ(pair.chunks_in(pair.bucharest), 0);
    EXPECT_FALSE(pair.there().progress("BG", id, 2).ok());
}

TEST(Attachment, over_the_quota_the_one_quiet_for_longest_goes)
{
    Pair pair;
    auto const first = pair.queue({ content_of(300) });
    auto const second = pair.queue({ content_of(300) });
    ASSERT_TRUE(pair.bring().value());
    auto const row
        = pair.bucharest.store
              ->read([&](Transaction& t) { return find_attachment(t, { first, "in", "BG", 2 }); })
              .value();
    auto settings = small();
    settings.unclaimed_bytes_max = row->bytes + 1; // one and no byte of another
    pair.bucharest.settings = settings;
    pair.bucharest.open();
    pair.bucharest.now += std::chrono::seconds { 1 };
    ASSERT_TRUE(pair.bring().value());
    EXPECT_EQ(pair.state_there(first), "dropped");
    EXPECT_EQ(pair.state_there(second), "coming");
}

TEST(Attachment, so_many_may_be_open_for_a_peer_and_no_more)
{
    Pair pair;
    pair.bucharest.settings.unclaimed_count_max = 2;
    pair.bucharest.open();
    Bytes const list(32);
    std::vector<std::string> ids;
    for (int i = 0; i < 3; ++i) {
        pair.bucharest.now += std::chrono::seconds { 1 };
        ids.push_back(uuid_v7(pair.bucharest.now, crypto::system_random()));
        ASSERT_TRUE(pair.there().open("BG", ids.back(), 2, list).ok());
    }
    EXPECT_EQ(pair.state_there(ids[0]), "dropped");
    EXPECT_EQ(pair.state_there(ids[1]), "coming");
    EXPECT_EQ(pair.state_there(ids[2]), "coming");
}

TEST(Attachment, dies_with_the_parts_of_its_message)
{
    Pair pair;
    auto const id = pair.queue({ content_of(3000) });
    pair.deliver(id);
    ASSERT_TRUE(pair.there().clear(id).ok());
    EXPECT_EQ(pair.chunks_in(pair.bucharest), 0);
    for (auto* node : { &pair.bucharest, &pair.sofia }) {
        ASSERT_TRUE(node->store->write([&](Transaction& t) { return destroy_parts(t, id); }).ok());
        EXPECT_EQ(pair.chunks_in(*node), 0);
        EXPECT_TRUE(node->store->read([&](Transaction& t) { return attachments_of(t, id); })
                .value()
                .empty());
    }
}

TEST(Attachment, of_a_message_taken_back_is_brought_no_more)
{
    Pair pair;
    auto const id = pair.queue({ content_of(300) });
    EXPECT_TRUE(pair.sofia.store
            ->write([&](Transaction& t) { return pair.sofia.exchange->withdraw(t, id); })
            .value());
    EXPECT_FALSE(pair.bring().value());
}

TEST(Attachment, is_sealed_again_where_its_receiver_could_not_open_it_any_more)
{
    Pair pair;
    auto const id = pair.queue({ content_of(300) });
    ASSERT_TRUE(pair.sofia.store
            ->write([&](Transaction& t) {
                return t.run(
                    "UPDATE exchange_attachment SET certificate = $1", std::string(64, 'a'));
            })
            .ok());
    auto const before = pair.sofia.stored(id).manifest;
    auto const manifest = pair.deliver(id);
    EXPECT_NE(before, pair.sofia.stored(id).manifest);
    EXPECT_EQ(pair.read(manifest, 0), content_of(300));
}

TEST(Attachment, the_root_is_the_one_of_RFC_6962)
{
    // Leaves d0..d2 by hand: H(01 | H(01 | H(00|d0) | H(00|d1)) | H(00|d2)).
    Bytes hashes;
    std::vector<crypto::Digest> leaves;
    std::uint8_t const zero[] = { 0 }, one[] = { 1 };
    for (std::uint8_t i = 0; i < 3; ++i) {
        Bytes const digest(32, i);
        hashes.insert(hashes.end(), digest.begin(), digest.end());
        leaves.push_back(crypto::sha256({ zero, digest }));
    }
    auto const left = crypto::sha256({ one, leaves[0], leaves[1] });
    EXPECT_EQ(root_of(hashes), crypto::sha256({ one, left, leaves[2] }));
    EXPECT_EQ(root_of(ByteView { hashes }.first(32)), leaves[0]);
}

TEST(Attachment, what_is_lacking_is_said_in_ranges)
{
    std::uint32_t const some[] = { 1, 2, 5, 9 };
    auto const ranges = lacking(10, some);
    ASSERT_EQ(ranges.size(), 3U);
    EXPECT_EQ(json::to_text(Progress { "r", 10, ranges }),
        R"({"root":"r","chunks":10,"lacks":[{"from":3,"to":4},{"from":6,"to":8},)"
        R"({"from":10,"to":10}]})");
    EXPECT_EQ(lacking(3, {}).size(), 1U);
}

} // namespace comity::exchange::trial
