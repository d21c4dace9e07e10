#include "claims/trial_claims_test.h"
#include "message/content.h"

/// What is refused: what an officer types, and what a peer of bad will sends.
namespace comity::claims {

using namespace trial;
using message::SettlementOutcome;
using message::Type;
using treaty::CostKind;

namespace {

/// Bucharest sends it whatever its own ledger says; the state of the message there.
std::string send(Three& states, Desk& from, Type type, json::Value const& content,
    std::string const& answers = "019d9a12-921f-7cdc-a00a-10aa4d15abc6")
{
    exchange::Outgoing out { type, "BG", { "BG/2026-0417", "2026-0417" } };
    out.legal_basis = { "PCC SEE", { "A35" }, "" };
    out.verdict = "permitted";
    out.purpose = "investigation";
    out.personal_data = false;
    if (type == Type::settlement)
        out.in_reply_to = message::InReplyTo { answers, std::string(64, 'a') };
    out.parts = { { json::word(type), message::schema_of(type), to_bytes(json::print(content)) } };
    auto const sealed = from.exchange->seal(std::move(out)).take();
    auto const id
        = from.store->write([&](Transaction& t) { return from.exchange->submit(t, sealed); })
              .value();
    states.carry();
    return from.state_of(id);
}

message::ReimbursementRequest bill()
{
    auto const day = parse_date("2026-04-16").value();
    return { "RO-CL-9", "A20(1)-5", { { "Typing TEST", { 1'000, "EUR" }, day } },
        { 1'000, "EUR" } };
}

std::string sent(std::function<void(message::ReimbursementRequest&)> const& change)
{
    Three states;
    auto said = bill();
    change(said);
    return send(states, states.bucharest, Type::reimbursement_request, json::write(said));
}

std::string typed_wrong(std::function<void(CostDraft&)> const& change)
{
    static Three states;
    auto draft = typed(CostKind::identification);
    change(draft);
    auto const entered = states.bucharest.claims.enter_cost(Three::theirs, draft, "TEST");
    return entered.ok() ? "entered" : entered.error().field;
}

} // namespace

TEST(ClaimRefusals, what_a_draft_of_a_cost_lacks_or_has_wrong_is_named)
{
    EXPECT_EQ(typed_wrong([](auto& it) { it.kind.reset(); }), "kind");
    EXPECT_EQ(typed_wrong([](auto& it) { it.day.reset(); }), "day");
    EXPECT_EQ(typed_wrong([](auto& it) { it.day = parse_date("2026-04-18").value(); }), "day");
    EXPECT_EQ(typed_wrong([](auto& it) { it.amount_minor = 0; }), "amountMinor");
    EXPECT_EQ(typed_wrong([](auto& it) { it.amount_minor = -1; }), "amountMinor");
    EXPECT_EQ(typed_wrong([](auto& it) { it.amount_minor = amount_max + 1; }), "amountMinor");
    EXPECT_EQ(typed_wrong([](auto& it) { it.amount_minor = amount_max; }), "entered");
    EXPECT_EQ(typed_wrong([](auto& it) { it.currency = "JPY"; }), "currency");
    EXPECT_EQ(typed_wrong([](auto& it) { it.subject = ""; }), "subject");
    EXPECT_EQ(typed_wrong([](auto& it) { it.subject = std::string(200, 'x'); }), "entered");
    EXPECT_EQ(typed_wrong([](auto& it) { it.subject = std::string(201, 'x'); }), "subject");
    EXPECT_EQ(typed_wrong([](auto& it) { it.agreed = "BG"; }), "basisReference");
    EXPECT_EQ(typed_wrong([](auto& it) {
        it.agreed = "Bulgaria";
        it.basis_reference = "x";
    }),
        "agreed");
    EXPECT_EQ(typed_wrong([](auto& it) { it.kind = CostKind::common_centre; }), "sharedBy");
    EXPECT_EQ(typed_wrong([](auto& it) { it.kind = CostKind::damage_by_data; }), "item");
    EXPECT_EQ(typed_wrong([](auto& it) { it.refused = "no-damage"; }), "refused");
}

TEST(ClaimRefusals, damage_by_data_is_of_an_item_that_another_Party_sent_in_this_case)
{
    auto const with = [](std::string item) {
        return typed_wrong([&](auto& it) {
            it.kind = CostKind::damage_by_data;
            it.fault = treaty::DataFault::wrong;
            it.item = item;
        });
    };
    EXPECT_EQ(with("019d9a12-921f-7cdc-a00a-10aa4d15abc6"), "item");
}

TEST(ClaimRefusals, a_bill_that_cannot_be_right_is_rejected_by_the_other_node)
{
    EXPECT_EQ(sent([](auto&) { }), "delivered");
    EXPECT_EQ(sent([](auto& it) { it.total.amount_minor = 1'001; }), "rejected") << "no such sum";
    EXPECT_EQ(sent([](auto& it) { it.total.currency = "RON"; }), "rejected") << "two currencies";
    EXPECT_EQ(sent([](auto& it) {
        it.total.amount_minor = 0;
        it.items[0].amount.amount_minor = 0;
    }),
        "rejected")
        << "zero";
    EXPECT_EQ(sent([](auto& it) {
        it.total.currency = "JPY";
        it.items[0].amount.currency = "JPY";
    }),
        "rejected")
        << "a currency that is not kept";
    EXPECT_EQ(sent([](auto& it) { it.items.clear(); }), "rejected") << "no items";
    EXPECT_EQ(sent([](auto& it) { it.claim_number = "BG-CL-1"; }), "rejected")
        << "a number of ours";
}

TEST(ClaimRefusals, a_number_is_used_once_and_a_claim_that_is_not_between_us_is_unknown)
{
    Three states;
    auto const number = states.claimed();
    auto said = bill();
    said.claim_number = number;
    EXPECT_EQ(
        send(states, states.bucharest, Type::reimbursement_request, json::write(said)), "rejected");
    message::Settlement const word { number, SettlementOutcome::accepted };
    EXPECT_EQ(send(states, states.belgrade, Type::settlement, json::write(word)), "rejected")
        << "a claim of others";
    message::Settlement const unknown { "BG-CL-77", SettlementOutcome::accepted };
    EXPECT_EQ(send(states, states.bucharest, Type::settlement, json::write(unknown)), "rejected");
    EXPECT_EQ(states.sofia.standing(number).state, ClaimState::open);
}

TEST(ClaimRefusals, a_word_on_a_claim_is_of_its_currency_its_side_and_its_sum)
{
    Three states;
    auto const entered = states.sofia.claims.enter_cost(
        Three::ours,
        [] {
            auto out = typed(CostKind::other, 1'000);
            out.consented = "RO";
            out.basis_reference = "TEST-CONSENT-1";
            return out;
        }(),
        "TEST");
    ASSERT_TRUE(entered.ok()) << entered.error().field;
    auto const number = entered.value().claims.at(0);
    Three::take(states.sofia, number, act(ClaimAct::claimed));
    states.carry();
    auto const says = [&](SettlementOutcome outcome, std::int64_t amount, std::string currency) {
        message::Settlement said { number, outcome, message::Money { amount, currency } };
        return send(states, states.bucharest, Type::settlement, json::write(said));
    };
    EXPECT_EQ(says(SettlementOutcome::paid, 500, "RON"), "rejected") << "another currency";
    EXPECT_EQ(says(SettlementOutcome::paid, 1'001, "EUR"), "rejected") << "above what is claimed";
    EXPECT_EQ(says(SettlementOutcome::paid, 0, "EUR"), "rejected");
    EXPECT_EQ(says(SettlementOutcome::waived, 500, "EUR"), "rejected") << "not theirs to take back";
    EXPECT_EQ(says(SettlementOutcome::received, 500, "EUR"), "rejected") << "nothing was paid";
    EXPECT_EQ(says(SettlementOutcome::partly_accepted, 1'000, "EUR"), "rejected");
    EXPECT_EQ(says(SettlementOutcome::paid, 1'000, "EUR"), "delivered");
    EXPECT_EQ(states.sofia.balance("RO").they_owe, 1'000) << "told, and not confirmed";
}

TEST(ClaimRefusals, what_the_other_node_rejects_counts_as_never_said_and_stays_to_be_read)
{
    Three states;
    auto said = bill();
    said.claim_number = "RO-CL-1"; // the number that the desk in Bucharest gives next
    ASSERT_EQ(send(states, states.bucharest, Type::reimbursement_request, json::write(said)),
        "delivered");
    auto const number = states.drafted();
    ASSERT_EQ(number, "RO-CL-1");
    Three::take(states.bucharest, number, act(ClaimAct::claimed));
    EXPECT_EQ(states.bucharest.balance("BG").they_owe, 34'000);
    states.carry();
    EXPECT_EQ(states.bucharest.standing(number).state, ClaimState::failed);
    EXPECT_EQ(states.bucharest.balance("BG").net, 0);
    EXPECT_TRUE(states.bucharest.ledger().differences.empty());
    EXPECT_EQ(states.bucharest.claim(number).entries.back().act, ClaimAct::failed);
}

TEST(ClaimRefusals, a_damage_claim_names_its_cause_what_was_paid_and_the_message)
{
    Three states;
    auto const day = parse_date("2026-04-16").value();
    message::DamageClaim const good { .claim_number = "RO-CL-5",
        .cause = message::DamageCause::officials_at_their_tasks,
        .happened = { Instant { day }, Instant { day } + std::chrono::days { 1 } },
        .circumstances = "A fence TEST",
        .damage = { 1'000, "EUR" },
        .paid_to_injured = message::Money { 1'000, "EUR" } };
    auto const send_changed = [&](auto const& change) {
        auto said = good;
        change(said);
        return send(states, states.bucharest, Type::damage_claim, json::write(said));
    };
    EXPECT_EQ(send_changed([](auto& it) { it.cause = message::DamageCause::other; }), "rejected");
    EXPECT_EQ(send_changed([](auto& it) { it.paid_to_injured.reset(); }), "rejected");
    EXPECT_EQ(send_changed([](auto& it) { it.damage.currency = "RON"; }), "rejected");
    EXPECT_EQ(
        send_changed([](auto& it) { it.cause = message::DamageCause::personal_data; }), "rejected");
    EXPECT_EQ(send_changed([](auto&) { }), "delivered");
    EXPECT_EQ(states.sofia.claim("RO-CL-5").claim.provision, "A23(3)");
}

} // namespace comity::claims
