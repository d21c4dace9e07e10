#pragma once

#include "exchange/packet.h"
#include "rights/trial_rights_test.h"
#include "security/security.h"

/// Three States' nodes with this room; what is classified goes by courier.
namespace comity::security::trial {

using namespace rights::trial;
using exchange::Stored;

constexpr auto ours = "2026-0417", theirs = "BG/2026-0417";
constexpr std::uint8_t secret = 3;

/// As the law of the trial has it: BG and RO accept the wire up to level 2.
inline exchange::ChannelFinding by_law(
    std::string_view from, std::string_view to, unsigned level, Instant at)
{
    if (level == 0) return { message::Channel::wire, "A32(1)", "It is not classified." };
    auto const pair = treaty::resolve(
        law(), treaty::PartyCode::parse(from).value(), treaty::PartyCode::parse(to).value(), at);
    auto const found = treaty::channel_between(pair, static_cast<int>(level));
    std::optional<message::Channel> open;
    if (found.channel == treaty::Channel::wire) open = message::Channel::wire;
    if (found.channel == treaty::Channel::courier) open = message::Channel::courier;
    return { open, std::string { found.provision }, found.reason };
}

struct Desk : rights::trial::Desk {
    Security security;

    explicit Desk(std::size_t which)
        : rights::trial::Desk(which, tables())
        , security({ *store, *exchange, *casework, *vault, law() },
              { { keys.of.state, keys.of.unit, true, 365 } },
              [this] { return now += std::chrono::microseconds { 1 }; })
    {
        exchange->set_channels(by_law);
    }
    static std::vector<store::Migration> tables()
    {
        auto out = rights::trial::Desk::tables();
        out.insert(out.end(), security::migrations.begin(), security::migrations.end());
        return out;
    }
    std::vector<NoticeRow> notices()
    {
        return store->read([](Transaction& t) { return list_notices(t, 100); }).value();
    }
    std::uint8_t level(std::string const& item)
    {
        auto const label
            = store->read([&](Transaction& t) { return vault->label(t, item); }).value().level;
        auto const kept
            = store->read([&](Transaction& t) { return casework::find_content(t, item); }).value();
        EXPECT_EQ(kept->level, label) << "the table says what the label says";
        return label;
    }
    /// Of an officer who is cleared so far and has the case.
    bool may_read(std::string_view number, std::string const& item, std::uint8_t clearance)
    {
        casework::Officer officer { "TEST" };
        officer.clearance = clearance;
        auto const in = row(number);
        auto const content
            = store->read([&](Transaction& t) { return casework::find_content(t, item); }).value();
        return store
            ->write([&](Transaction& t) {
                return casework::open_content(t, *vault, *content, in, officer, {});
            })
            .value()
            .judgement.permitted();
    }
};

struct Three {
    Desk sofia { 0 }, bucharest { 1 }, belgrade { 2 };
    std::array<Desk*, 3> all { &sofia, &bucharest, &belgrade };
    ScratchFolder folder;
    std::size_t packets = 0;
    bool rejects = false; ///< Somebody does not take what comes.

    /// Everything that waits for a courier from one to the other, with the receipts back.
    std::size_t ride(Desk& from, Desk& to)
    {
        std::size_t out = 0;
        auto const packed
            = from.store->read([](Transaction& t) { return exchange::packets(t, 100); }).value();
        for (auto const& each : packed) {
            if (each.state != "queued" || each.peer != to.keys.of.state) continue;
            auto const file = folder / std::to_string(++packets);
            EXPECT_TRUE(exchange::pack(*from.store, *from.exchange, each.id, file).ok());
            auto const opened = exchange::unpack(*to.store, *to.exchange, file);
            EXPECT_TRUE(opened.ok()) << opened.error().field << ": " << opened.error().what;
            EXPECT_EQ(opened.value().kind == message::ReceiptKind::rejected, rejects);
            EXPECT_TRUE(exchange::take_packet_receipt(*from.exchange, opened.value().receipt).ok());
            ++out;
        }
        return out;
    }
    void carry()
    {
        std::array<Node*, 3> const nodes { &sofia, &bucharest, &belgrade };
        for (bool moved = true; moved;) {
            casework::trial::carry(nodes);
            moved = false;
            for (auto* from : all)
                for (auto* to : all)
                    if (from != to) moved |= ride(*from, *to) > 0;
            for (auto* desk : all)
                moved |= desk->rights.work().value() + desk->security.work().value() > 0;
        }
    }
    void wait(std::chrono::hours time)
    {
        for (auto* desk : all) desk->now += time;
    }
    static casework::Officer cleared(std::uint8_t level = secret)
    {
        casework::Officer out { "TEST" };
        out.clearance = level;
        return out;
    }
    static casework::RequestDraft classified(std::uint8_t level = secret)
    {
        auto out = lawful();
        out.classification = casework::Classifying { level, "an informant TEST is named", true };
        return out;
    }
    /// Sofia's request of level 3 is in Bucharest. Its id.
    std::string asked()
    {
        add_vehicle(bucharest, "B 123 ABC");
        auto const sent = sofia.casework->send(classified(), cleared());
        EXPECT_TRUE(sent.ok()) << sent.error().field << ": " << sent.error().what;
        EXPECT_TRUE(sent.value().message);
        carry();
        return sent.value().message.value_or("");
    }
    LevelDraft lowered(std::string item, std::uint8_t level = 1)
    {
        return { std::move(item), level, "The informant TEST is known by now." };
    }
    BreachDraft breach(std::string item)
    {
        return { std::move(item), { start, start + std::chrono::hours { 2 } },
            "A print was left in a car TEST", "Who read it is not known TEST",
            { "The print was taken back TEST" } };
    }
};

} // namespace comity::security::trial
