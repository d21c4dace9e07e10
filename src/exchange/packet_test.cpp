#include "exchange/packet.h"

#include "base/file.h"
#include "exchange/packet_archive.h"
#include "exchange/trial_node_test.h"

#include <fmt/format.h>

#include <fstream>

/// Courier packets between two nodes.
namespace comity::exchange::trial {
namespace {

/// Level 2 may go by courier, level 3 not at all, level 1 over the wire.
ChannelFinding trial_rule(std::string_view, std::string_view, unsigned level, Instant)
{
    if (level <= 1) return { message::Channel::wire, "A32(7)", "Both accept the wire." };
    if (level == 2) return { message::Channel::courier, "A32(7)", "No other way is agreed." };
    return { {}, "RES-BG(1)", "No security agreement covers it." };
}

struct Pair {
    Node sofia, bucharest;
    ScratchFolder folder;

    static AttachmentSettings small()
    {
        AttachmentSettings out;
        out.chunk_bytes = 64;
        return out;
    }
    Pair()
        : sofia(0, small())
        , bucharest(1, small())
    {
        sofia.exchange->set_channels(trial_rule);
        bucharest.exchange->set_channels(trial_rule);
    }
    Outgoing outgoing(std::string_view content, std::uint8_t level,
        message::Channel channel = message::Channel::courier) const
    {
        auto out = sofia.outgoing(content, "RO");
        out.classification = { level, {} };
        out.channel = channel;
        return out;
    }
    std::filesystem::path file(std::string const& name) const { return folder / name; }
    Result<Packed> pack(std::string const& id, std::string const& name)
    {
        return exchange::pack(*sofia.store, *sofia.exchange, id, file(name));
    }
    Result<Unpacked> unpack(std::string const& name)
    {
        return exchange::unpack(*bucharest.store, *bucharest.exchange, file(name));
    }
    std::string queue(std::string_view content, std::uint8_t level = 2)
    {
        return sofia.queue(outgoing(content, level)).take();
    }
};

ByteSource source_of(std::string text)
{
    return [text = std::move(text)](std::span<std::uint8_t> room) mutable -> Result<std::size_t> {
        auto const count = std::min(room.size(), text.size());
        std::copy_n(text.begin(), count, room.begin());
        text.erase(0, count);
        return count;
    };
}

} // namespace

TEST(Packet, carries_a_message_there_and_its_receipt_back)
{
    Pair pair;
    auto const id = pair.queue("for the courier");
    auto const packed = pair.pack(id, "packet").take();
    EXPECT_EQ(packed.cover.number, 1U);
    EXPECT_EQ(packed.cover.to, "RO");
    auto const bytes = read_file(pair.file("packet")).take();
    EXPECT_EQ(packed.sha256, to_hex(crypto::sha256(bytes)));
    EXPECT_EQ(packed.bytes, bytes.size());
    EXPECT_EQ(pair.sofia.stored(id).state, "packed");
    auto const opened = pair.unpack("packet");
    ASSERT_TRUE(opened.ok()) << opened.error().what;
    EXPECT_EQ(opened.value().kind, message::ReceiptKind::durable);
    EXPECT_EQ(pair.bucharest.contents, std::vector<std::string> { "for the courier" });
    EXPECT_EQ(take_packet_receipt(*pair.sofia.exchange, opened.value().receipt).value(), id);
    EXPECT_EQ(pair.sofia.stored(id).state, "delivered");
    EXPECT_EQ(pair.sofia.register_size(), 1U);
    EXPECT_EQ(pair.bucharest.register_size(), 1U);
}

TEST(Packet, is_followed_by_the_receipts_of_its_unit_and_its_reader_over_the_wire)
{
    Pair pair;
    auto const id = pair.queue("read by an officer");
    ASSERT_TRUE(pair.pack(id, "packet").ok());
    auto const first = pair.unpack("packet").take();
    auto const tell = [&](message::ReceiptKind kind) {
        pair.bucharest.store
            ->write([&](Transaction& t) -> Result<void> {
                EXPECT_TRUE(came_in(t, id).value());
                return pair.bucharest.exchange->give_receipt(t, id, kind);
            })
            .take();
    };
    // Before the form of the first receipt is back, and after.
    tell(message::ReceiptKind::delivered);
    auto const early = pair.bucharest.exchange->receipts_for("BG").take();
    ASSERT_EQ(early.size(), 1U);
    auto const taken = pair.sofia.exchange->take_receipt(early.front().bytes, "RO");
    EXPECT_TRUE(taken.ok()) << taken.error().what;
    EXPECT_TRUE(take_packet_receipt(*pair.sofia.exchange, first.receipt).ok());
    tell(message::ReceiptKind::opened);
    for (auto const& each : pair.bucharest.exchange->receipts_for("BG").take())
        EXPECT_TRUE(pair.sofia.exchange->take_receipt(each.bytes, "RO").ok()) << each.kind;
    auto kept = pair.sofia.store->read([&](Transaction& t) { return later_receipts(t, id); });
    EXPECT_EQ(kept.take().size(), 2U);
}

TEST(Packet, carries_attachments)
{
    Pair pair;
    auto out = pair.outgoing("with a film", 2);
    out.attachments = { { "film", "video/mp4", source_of(std::string(300, 'x')) } };
    auto const id = pair.sofia.queue(std::move(out)).value();
    EXPECT_FALSE(pair.sofia.exchange->attachments().next_for("RO").value()); // not over the wire
    ASSERT_TRUE(pair.pack(id, "packet").ok());
    auto const opened = pair.unpack("packet");
    ASSERT_TRUE(opened.ok()) << opened.error().what;
    auto const row
        = pair.bucharest.store
              ->read([&](Transaction& t) { return find_attachment(t, { id, "in", "BG", 2 }); })
              .value();
    EXPECT_EQ(row->state, "taken");
    EXPECT_EQ(count_of(row->hashes), 5U);
}

TEST(Packet, opens_with_tar_and_nothing_of_its_content_is_in_clear)
{
    Pair pair;
    auto const id = pair.queue("SECRET-CONTENT-TEST");
    ASSERT_TRUE(pair.pack(id, "packet").ok());
    auto const bytes = read_file(pair.file("packet")).take();
    for (auto const* word : { "SECRET-CONTENT-TEST", "2026-0417", "investigation" })
        EXPECT_EQ(as_text(bytes).find(word), std::string_view::npos) << word;
    auto const command = fmt::format(
        "tar tf {} >{} 2>&1", pair.file("packet").string(), pair.file("list").string());
    ASSERT_EQ(std::system(command.c_str()), 0); // NOLINT: the point is that others can open it
    EXPECT_EQ(as_text(read_file(pair.file("list")).take()),
        "packet.json\nreceipt-form.txt\nmanifest.p7m\nmanifest.p7s\nregister.p7m\nparts/1.p7m\n"
        "contents\ncontents.p7s\n");
}

TEST(Packet, on_its_way_holds_up_nothing_on_the_wire)
{
    Pair pair;
    ASSERT_TRUE(pair.pack(pair.queue("packet 1"), "first").ok());
    auto const plain = pair.sofia.send("over the wire", "RO").value();
    EXPECT_EQ(plain.seq, 1U);
    EXPECT_TRUE(pair.bucharest.exchange->receive(waiting(pair.sofia, "RO").envelope, "BG").ok());
    ASSERT_TRUE(pair.pack(pair.queue("packet 2"), "second").ok());
    auto const gap = pair.unpack("second");
    ASSERT_FALSE(gap.ok());
    EXPECT_EQ(gap.error().kind, Error::Kind::conflict);
    EXPECT_EQ(gap.error().field, "seq");
    EXPECT_EQ(pair.bucharest.exchange->expected_from("BG", message::Channel::courier).value(), 1U);
    EXPECT_TRUE(pair.unpack("first").ok());
    EXPECT_TRUE(pair.unpack("second").ok());
    EXPECT_TRUE(
        pair.bucharest.store->read([](Transaction& t) { return forks(t); }).value().empty());
}

TEST(Packet, opened_twice_gets_the_same_receipt_and_no_second_effect)
{
    Pair pair;
    ASSERT_TRUE(pair.pack(pair.queue("once"), "packet").ok());
    auto const first = pair.unpack("packet").take();
    EXPECT_EQ(pair.unpack("packet").value().receipt, first.receipt);
    EXPECT_EQ(pair.bucharest.contents.size(), 1U);
    EXPECT_EQ(pair.bucharest.register_size(), 1U);
}

TEST(Packet, packed_twice_is_the_same_message_under_the_same_number)
{
    Pair pair;
    auto const id = pair.queue("lost by the courier");
    ASSERT_TRUE(pair.pack(id, "packet").ok());
    EXPECT_EQ(pair.pack(id, "packet").error().kind, Error::Kind::conflict); // the file is there
    EXPECT_EQ(pair.pack(id, "again").value().cover.number, 1U);
    auto const first = pair.unpack("packet").take();
    EXPECT_EQ(pair.unpack("again").value().receipt, first.receipt);
}

TEST(Packet, to_another_State_is_refused)
{
    Pair pair;
    ASSERT_TRUE(pair.pack(pair.queue("for Bucharest"), "packet").ok());
    auto const refused = exchange::unpack(*pair.sofia.store, *pair.sofia.exchange,
        pair.file("packet")); // Sofia's own, opened at home
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().field, "to");
    EXPECT_EQ(refused.error().kind, Error::Kind::malformed);
}

TEST(Packet, any_altered_byte_is_found)
{
    Pair pair;
    auto out = pair.outgoing("whole", 2);
    out.attachments = { { "a", "b/c", source_of("TEST") } };
    ASSERT_TRUE(pair.pack(pair.sofia.queue(std::move(out)).value(), "packet").ok());
    auto const whole = read_file(pair.file("packet")).take();
    for (std::size_t at = 0; at < whole.size(); at += 23) {
        auto bytes = whole;
        bytes[at] ^= static_cast<std::uint8_t>(1U << at % 8);
        ASSERT_TRUE(write_file(pair.file("bad"), bytes).ok());
        EXPECT_FALSE(pair.unpack("bad").ok()) << "byte " << at;
    }
    for (auto const size : { std::size_t { 0 }, std::size_t { 511 }, whole.size() - 1 }) {
        ASSERT_TRUE(write_file(pair.file("bad"), ByteView { whole }.first(size)).ok());
        EXPECT_FALSE(pair.unpack("bad").ok()) << "cut to " << size;
    }
    auto longer = whole;
    longer.push_back(0);
    ASSERT_TRUE(write_file(pair.file("bad"), longer).ok());
    EXPECT_FALSE(pair.unpack("bad").ok());
    EXPECT_TRUE(pair.bucharest.contents.empty());
    EXPECT_TRUE(pair.unpack("packet").ok());
}

TEST(Packet, too_old_gets_an_expired_receipt_and_nobody_sees_it)
{
    Pair pair;
    auto const id = pair.queue("old");
    ASSERT_TRUE(pair.pack(id, "packet").ok());
    pair.bucharest.now
        += std::chrono::days { 30 } + clock_skew_max + std::chrono::microseconds { 1 };
    auto const opened = pair.unpack("packet").take();
    EXPECT_EQ(opened.kind, message::ReceiptKind::expired);
    EXPECT_TRUE(pair.bucharest.contents.empty());
    EXPECT_TRUE(take_packet_receipt(*pair.sofia.exchange, opened.receipt).ok());
    EXPECT_EQ(pair.sofia.stored(id).state, "expired");
}

TEST(Packet, at_the_end_of_its_time_is_still_taken)
{
    Pair pair;
    ASSERT_TRUE(pair.pack(pair.queue("just"), "packet").ok());
    pair.bucharest.now += std::chrono::days { 30 } + clock_skew_max;
    EXPECT_EQ(pair.unpack("packet").value().kind, message::ReceiptKind::durable);
}

TEST(Packet, whose_seal_ran_out_on_the_way_is_refused)
{
    Pair pair;
    ASSERT_TRUE(pair.pack(pair.queue("very old"), "packet").ok());
    pair.bucharest.now += std::chrono::days { 91 };
    EXPECT_EQ(pair.unpack("packet").error().kind, Error::Kind::not_authentic);
    EXPECT_EQ(pair.bucharest.register_size(), 0U);
}

TEST(Packet, signed_for_the_courier_is_not_taken_over_the_wire)
{
    Pair pair;
    auto const id = pair.queue("the other way");
    ASSERT_TRUE(pair.pack(id, "packet").ok());
    auto const stored = pair.sofia.stored(id);
    auto const parts
        = pair.sofia.store->read([&](Transaction& t) { return parts_of(t, id); }).value();
    auto const error = refusal(pair.bucharest, { stored.manifest, stored.signature, parts });
    EXPECT_EQ(error.field, "channel");
    EXPECT_EQ(error.kind, Error::Kind::malformed);
}

TEST(Packet, takes_a_message_that_waits_for_a_dead_line)
{
    Pair pair;
    auto const id = pair.sofia.queue("nobody answers", "RO").value();
    EXPECT_TRUE(pair.sofia.exchange->load("RO").value().waiting);
    ASSERT_TRUE(pair.pack(id, "packet").ok());
    EXPECT_FALSE(pair.sofia.exchange->load("RO").value().waiting);
    EXPECT_TRUE(pair.unpack("packet").ok());
}

TEST(Packet, of_a_message_that_is_under_way_or_unknown_is_not_made)
{
    Pair pair;
    auto const sent = pair.sofia.send("under way", "RO").value();
    auto const error = pair.pack(sent.id, "packet").error();
    EXPECT_EQ(error.kind, Error::Kind::conflict);
    EXPECT_NE(error.what.find("'sent'"), std::string::npos) << error.what;
    EXPECT_EQ(pair.pack("none", "packet").error().kind, Error::Kind::not_found);
    EXPECT_FALSE(std::filesystem::exists(pair.file("packet")));
}

TEST(Channel, what_may_not_go_over_the_wire_is_refused_with_the_way_that_is_open)
{
    Pair pair;
    auto const refused = pair.sofia.exchange->seal(pair.outgoing("x", 2, message::Channel::wire));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, Error::Kind::not_permitted);
    EXPECT_EQ(refused.error().field, "classification.level");
    EXPECT_NE(refused.error().what.find("A32(7)"), std::string::npos);
    EXPECT_NE(refused.error().what.find("Open is: courier"), std::string::npos);
    EXPECT_TRUE(pair.sofia.exchange->seal(pair.outgoing("x", 1, message::Channel::wire)).ok());
    auto const none = pair.sofia.exchange->seal(pair.outgoing("x", 3));
    EXPECT_NE(none.error().what.find("RES-BG(1)"), std::string::npos);
    EXPECT_NE(none.error().what.find("Open is: none"), std::string::npos);
}

TEST(Channel, without_the_law_only_what_is_not_classified_goes)
{
    Node sofia { 0 };
    auto out = sofia.outgoing("x", "RO");
    EXPECT_TRUE(sofia.exchange->seal(out).ok());
    out.classification.level = 1;
    EXPECT_EQ(sofia.exchange->seal(out).error().kind, Error::Kind::not_permitted);
    out.channel = message::Channel::courier;
    EXPECT_EQ(sofia.exchange->seal(out).error().kind, Error::Kind::not_permitted);
}

TEST(Channel, that_closes_while_a_message_waits_keeps_it_here)
{
    Pair pair;
    auto const wire = pair.sofia.queue(pair.outgoing("x", 1, message::Channel::wire)).value();
    auto const packet = pair.queue("y");
    pair.sofia.exchange->set_channels(only_unclassified);
    EXPECT_TRUE(pair.sofia.exchange->number("RO").ok());
    EXPECT_EQ(pair.sofia.stored(wire).state, "withheld");
    EXPECT_EQ(pair.sofia.expired, std::vector<std::string> { wire });
    EXPECT_EQ(pair.pack(packet, "packet").error().kind, Error::Kind::not_permitted);
    EXPECT_EQ(pair.sofia.stored(packet).state, "withheld");
    EXPECT_EQ(pair.sofia.register_size(), 0U);
}

TEST(Channel, is_judged_by_the_receiver_too)
{
    Pair pair;
    pair.sofia.exchange->set_channels([](auto, auto, unsigned, Instant) {
        return ChannelFinding { message::Channel::wire, "none", "A careless sender." };
    });
    auto const id = pair.sofia.queue(pair.outgoing("x", 2, message::Channel::wire)).value();
    EXPECT_EQ(pair.sofia.exchange->number("RO").value(), 1U);
    auto const receipt
        = pair.bucharest.exchange->receive(waiting(pair.sofia, "RO").envelope, "BG").value();
    EXPECT_TRUE(pair.sofia.exchange->acknowledge(id, receipt).ok());
    ASSERT_EQ(pair.sofia.receipts.size(), 1U);
    EXPECT_EQ(pair.sofia.receipts[0].kind, message::ReceiptKind::rejected);
    EXPECT_EQ(pair.sofia.receipts[0].reason->code, "channel");
    EXPECT_EQ(pair.sofia.receipts[0].reason->field, "classification.level");
    EXPECT_TRUE(pair.bucharest.contents.empty());
}

} // namespace comity::exchange::trial
