#include "casework/casework_store.h"
#include "casework/trial_casework_test.h"

/// Classified information before anybody here can be cleared for it.
namespace comity::casework::trial {
namespace {

exchange::ChannelFinding any_wire(std::string_view, std::string_view, unsigned, Instant)
{
    return { message::Channel::wire, "A32(7)", "Both accept the wire." };
}

} // namespace

TEST(Classified, what_came_over_an_open_channel_is_kept_and_shown_to_nobody)
{
    Pair pair;
    for (auto* node : pair.both) node->exchange->set_channels(any_wire);
    exchange::Outgoing out { .type = message::Type::request,
        .to = "RO",
        .case_reference = { "2026-0417", {} },
        .legal_basis = { "PCC SEE", { "A1" }, "law" },
        .verdict = "permitted",
        .purpose = "investigation",
        .retention = message::Retention { parse_date("2027-04-17").value(), "A31(4)(b)-1" },
        .parts = { { "request", "trial/1", to_bytes("classified TEST") } } };
    out.classification = { 1, "SECRET DE SERVICIU" };
    auto const sealed = pair.sofia.exchange->seal(std::move(out)).value();
    auto const id
        = pair.sofia.store
              ->write([&](Transaction& t) { return pair.sofia.exchange->submit(t, sealed); })
              .value();
    carry(pair.both);
    auto& there = pair.bucharest;
    auto const stored
        = there.store->read([&](Transaction& t) { return exchange::message_by_id(t, id); }).value();
    EXPECT_EQ(stored.state, "received");
    EXPECT_FALSE(
        there.store->read([&](Transaction& t) { return find_content(t, id); }).value().has_value());
    auto const reads = [&](std::uint8_t clearance) {
        protection::Use use;
        use.officer = "TEST";
        use.clearance = clearance;
        use.needs_to_know = true;
        use.need = "2026-0417";
        use.purpose = "investigation";
        return there.store->write([&](Transaction& t) { return there.vault->read(t, id, use); })
            .value();
    };
    EXPECT_EQ(reads(0).judgement.objections.at(0).provision, "A32(5)");
    EXPECT_TRUE(reads(1).content.has_value());
    auto const text = crypto::enclosed_content(stored.receipt).value();
    EXPECT_NE(text.find(R"("notUnderstood":["classification.level")"), std::string::npos) << text;
    there.go_to(parse_date("2027-04-17").value());
    EXPECT_EQ(there.casework->destroy_due().value(), 1U);
    EXPECT_TRUE(there.store->read([&](Transaction& t) { return exchange::parts_of(t, id); })
            .value()
            .empty());
}

} // namespace comity::casework::trial
