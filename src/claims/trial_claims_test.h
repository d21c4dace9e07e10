#pragma once

#include "casework/trial_casework_test.h"
#include "claims/claims.h"
#include "rights/rights_store.h"

/// Three States' nodes with casework and the ledger of claims. All persons are TEST.
namespace comity::claims::trial {

using namespace casework::trial;
using exchange::Stored;

/// A node whose clock never says the same twice.
struct Desk : Node {
    Claims claims;

    explicit Desk(std::size_t which, casework::FourEyes four_eyes = {})
        : Node(which, nullptr, tables())
        , claims({ *store, *exchange, *casework, *vault, law() },
              { { keys.of.state, keys.of.unit, true, 365, four_eyes } },
              [this] { return now += std::chrono::microseconds { 1 }; })
    {
    }
    static std::vector<store::Migration> tables()
    {
        auto out = casework::trial::all_migrations();
        for (auto const room : { rights::migrations, migrations })
            out.insert(out.end(), room.begin(), room.end());
        return out;
    }
    ClaimView claim(std::string_view number)
    {
        return claims.open_claim(number, "TEST").value().view;
    }
    Standing standing(std::string_view number) { return claim(number).standing; }
    LedgerView ledger() { return claims.ledger("TEST").value(); }
    Balance balance(std::string_view party, std::string_view currency = "EUR")
    {
        for (auto const& each : ledger().balances)
            if (each.party == party && each.currency == currency) return each;
        return {};
    }
    std::string state_of(std::string const& message)
    {
        return store->read([&](Transaction& t) { return exchange::message_by_id(t, message); })
            .value()
            .state;
    }
    std::vector<Difference> differences(WaitsFor waits_for)
    {
        std::vector<Difference> out;
        for (auto const& each : ledger().differences)
            if (each.waits_for == waits_for) out.push_back(each);
        return out;
    }
};

inline CostDraft typed(treaty::CostKind kind, std::int64_t amount = 34'000)
{
    CostDraft out;
    out.kind = kind;
    out.day = parse_date("2026-04-16").value();
    out.amount_minor = amount;
    out.currency = "EUR";
    out.subject = "Typing of a profile TEST";
    return out;
}

inline ClaimStep act(ClaimAct act, std::optional<std::int64_t> amount = {})
{
    ClaimStep out { act, amount };
    if (act == ClaimAct::disputed || act == ClaimAct::partly_accepted)
        out.ground = message::DisputeGround::not_proved;
    if (act != ClaimAct::paid) return out;
    out.reference = "TEST-REF-1";
    out.paid_on = parse_date("2026-04-17").value();
    return out;
}

/// Sofia asked Bucharest, which answered: the case that costs are entered in.
struct Three {
    static constexpr auto ours = "2026-0417", theirs = "BG/2026-0417";
    Desk sofia, bucharest, belgrade { 2 };

    void carry()
    {
        std::array<Node*, 3> const nodes { &sofia, &bucharest, &belgrade };
        casework::trial::carry(nodes);
    }
    explicit Three(casework::FourEyes sofias = {}, casework::FourEyes bucharests = {})
        : sofia(0, sofias)
        , bucharest(1, bucharests)
    {
        add_vehicle(bucharest, "B 123 ABC");
        EXPECT_TRUE(sofia.casework->send(lawful(), "TEST").value().message);
        carry();
        EXPECT_EQ(sofia.row(ours).state, casework::CaseState::answered);
    }
    /// Bucharest has entered a cost: the number of the draft.
    std::string drafted(CostDraft const& draft = typed(treaty::CostKind::identification))
    {
        auto const entered = bucharest.claims.enter_cost(theirs, draft, "TEST");
        EXPECT_TRUE(entered.ok()) << entered.error().field << entered.error().what;
        EXPECT_EQ(entered.value().claims.size(), 1U);
        return entered.value().claims.at(0);
    }
    std::string claimed(CostDraft const& draft = typed(treaty::CostKind::identification))
    {
        auto const number = drafted(draft);
        take(bucharest, number, act(ClaimAct::claimed));
        carry();
        return number;
    }
    static std::string take(Desk& desk, std::string const& number, ClaimStep const& step)
    {
        auto const taken = desk.claims.step(number, step, "TEST");
        EXPECT_TRUE(taken.ok()) << taken.error().field << ' ' << taken.error().what;
        return taken.ok() ? taken.value().message.value_or("") : "";
    }
    void net_to_zero(std::string_view currency = "EUR")
    {
        EXPECT_EQ(sofia.balance("RO", currency).net + bucharest.balance("BG", currency).net, 0);
        EXPECT_EQ(sofia.balance("RO", currency).they_owe, bucharest.balance("BG", currency).we_owe);
    }
};

} // namespace comity::claims::trial
