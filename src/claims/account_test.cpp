#include "claims/account.h"

#include <gtest/gtest.h>

#include <deque>
#include <fmt/format.h>
#include <random>
#include <set>

/// One claim on two nodes: what each says it owes or is owed, whatever crossed.
namespace comity::claims {
namespace {

Claim const of { "RO-CL-1", "RO", "BG", "A20(3)(d)", 34'000, "EUR" };

Entry said(ClaimAct act, std::string party, std::int64_t amount, std::string message,
    std::string answers = {})
{
    static Instant at = parse_instant("2026-04-17T09:14:00Z").value();
    at += std::chrono::microseconds { 1 };
    return { act, std::move(party), at, amount, std::move(message), std::move(answers) };
}

std::vector<Entry> claimed()
{
    return { said(ClaimAct::drafted, "RO", 34'000, ""),
        said(ClaimAct::claimed, "RO", 34'000, "c") };
}

Error refused(Result<void> const& checked)
{
    EXPECT_FALSE(checked.ok());
    return checked.ok() ? Error { Error::Kind::unavailable, "permitted" } : checked.error();
}

/// A node's ledger of the claim, with what it sent and the other has not taken.
struct Ledger {
    std::string party;
    std::vector<Entry> entries;
    Effect sum;
    std::deque<Entry> out; ///< In the order of their numbers.
    Effect waiting; ///< Sum of what is in `out`.

    void add(Entry const& entry)
    {
        auto const effect = effect_of(of, entries, entry);
        sum.owed += effect.owed;
        sum.under_way += effect.under_way;
        entries.push_back(entry);
    }
    void send(Entry const& entry)
    {
        auto const effect = effect_of(of, entries, entry);
        waiting.owed += effect.owed;
        waiting.under_way += effect.under_way;
        add(entry);
        out.push_back(entry);
    }
    Standing standing() const { return standing_of(of, entries); }
    bool has(std::string const& message) const
    {
        return std::ranges::any_of(
            entries, [&](Entry const& each) { return each.message == message; });
    }
};

struct History {
    std::mt19937_64 random;
    Ledger creditor { "RO", {}, {}, {}, {} }, debtor { "BG", {}, {}, {}, {} };
    int said_so_far = 0;
    std::int64_t refusals = 0;
    std::set<ClaimState> seen {};

    explicit History(std::uint64_t seed)
        : random(seed)
    {
        creditor.add(said(ClaimAct::drafted, "RO", of.amount, ""));
        creditor.send(said(ClaimAct::claimed, "RO", of.amount, "claim"));
    }
    std::uint64_t below(std::uint64_t limit) { return random() % limit; }

    std::string payment_to(Ledger const& own)
    {
        for (auto const& each : own.entries) {
            if (each.act != ClaimAct::paid || each.party == own.party) continue;
            if (check_own(of, own.entries,
                    said(ClaimAct::received, own.party, each.amount, "?", each.message))
                    .ok())
                return each.message;
        }
        return {};
    }
    Entry next(Ledger const& own, ClaimAct act)
    {
        auto entry = said(act, own.party, 0, fmt::format("m{}", ++said_so_far));
        bool const bare = act == ClaimAct::accepted || act == ClaimAct::disputed;
        if (!bare) entry.amount = static_cast<std::int64_t>(1 + below(below(2) ? 500 : 40'000));
        if (act != ClaimAct::received && act != ClaimAct::not_received) return entry;
        entry.answers = payment_to(own);
        for (auto const& each : own.entries)
            if (each.message == entry.answers) entry.amount = each.amount;
        return entry;
    }
    void act(Ledger& own)
    {
        auto const open = open_acts(of, own.entries, own.party);
        if (open.empty()) return;
        auto const entry = next(own, open[below(open.size())]);
        if (check_own(of, own.entries, entry).ok())
            own.send(entry);
        else
            ++refusals;
    }
    /// The next in order, now and then twice, as a courier may that lost a receipt.
    void deliver(Ledger& from, Ledger& to)
    {
        if (from.out.empty()) return;
        auto const entry = from.out.front();
        for (std::uint64_t times = 1 + (below(4) == 0); times > 0; --times) {
            if (to.has(entry.message)) continue; // the exchange answers it from its first commit
            auto const checked = check_theirs(of, to.entries, entry);
            bool const opens = entry.act == ClaimAct::claimed;
            ASSERT_TRUE(opens || checked.ok()) << json::word(entry.act) << checked.error().what;
            auto const effect = effect_of(of, to.entries, entry);
            from.waiting.owed -= effect.owed;
            from.waiting.under_way -= effect.under_way;
            to.add(entry);
        }
        from.out.pop_front();
    }
    /// Each ledger, less what the other has not taken, says the same.
    void holds() const
    {
        ASSERT_EQ(creditor.sum.owed - creditor.waiting.owed, debtor.sum.owed - debtor.waiting.owed);
        ASSERT_EQ(creditor.sum.under_way - creditor.waiting.under_way,
            debtor.sum.under_way - debtor.waiting.under_way);
        for (auto const* each : { &creditor, &debtor })
            ASSERT_EQ(each->sum.owed, each->standing().outstanding);
    }
    void run(int steps)
    {
        for (int i = 0; i < steps && !testing::Test::HasFatalFailure(); ++i) {
            switch (below(5)) {
            case 0: act(creditor); break;
            case 1: act(debtor); break;
            case 2: deliver(creditor, debtor); break;
            case 3: deliver(debtor, creditor); break;
            default: act(below(2) ? creditor : debtor); break;
            }
            seen.insert(creditor.standing().state);
            holds();
        }
        while (!creditor.out.empty() || !debtor.out.empty()) {
            deliver(creditor, debtor);
            deliver(debtor, creditor);
            if (testing::Test::HasFatalFailure()) return;
        }
    }
};

} // namespace

TEST(Account, two_ledgers_net_to_zero_after_every_step_but_for_what_is_under_way)
{
    std::set<ClaimState> seen;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        History history { seed };
        history.run(60);
        ASSERT_FALSE(HasFatalFailure()) << "seed " << seed;
        auto const [one, other]
            = std::pair { history.creditor.standing(), history.debtor.standing() };
        ASSERT_EQ(json::to_text(one), json::to_text(other)) << "seed " << seed;
        seen.merge(history.seen);
    }
    for (auto const state : { ClaimState::open, ClaimState::accepted, ClaimState::disputed,
             ClaimState::partly_accepted, ClaimState::settled, ClaimState::overpaid })
        EXPECT_TRUE(seen.contains(state)) << json::word(state) << " was never reached";
}

TEST(Account, a_payment_that_crossed_what_was_taken_back_is_owed_back_in_either_order)
{
    auto const waived = said(ClaimAct::waived, "RO", 34'000, "w");
    auto const paid = said(ClaimAct::paid, "BG", 34'000, "p");
    auto const received = said(ClaimAct::received, "RO", 34'000, "r", "p");
    auto here = claimed(), there = claimed();
    ASSERT_TRUE(check_own(of, here, waived).ok());
    ASSERT_TRUE(check_own(of, there, paid).ok());
    here.push_back(waived);
    there.push_back(paid);
    ASSERT_TRUE(check_theirs(of, here, paid).ok());
    ASSERT_TRUE(check_theirs(of, there, waived).ok());
    for (auto* each : { &here, &there }) {
        each->push_back(each == &here ? paid : waived);
        EXPECT_EQ(standing_of(of, *each).state, ClaimState::open) << "a payment is under way";
        each->push_back(received);
        auto const now = standing_of(of, *each);
        EXPECT_EQ(now.outstanding, -34'000);
        EXPECT_EQ(now.state, ClaimState::overpaid);
    }
    auto const back = said(ClaimAct::paid, "RO", 34'000, "b");
    ASSERT_TRUE(check_own(of, here, back).ok());
    here.push_back(back);
    here.push_back(said(ClaimAct::received, "BG", 34'000, "br", "b"));
    EXPECT_EQ(standing_of(of, here).state, ClaimState::settled);
}

TEST(Account, a_payment_is_of_the_outstanding_sum_at_most)
{
    auto entries = claimed();
    EXPECT_TRUE(check_own(of, entries, said(ClaimAct::paid, "BG", 33'999, "p")).ok());
    EXPECT_TRUE(check_own(of, entries, said(ClaimAct::paid, "BG", 34'000, "p")).ok());
    auto const above = refused(check_own(of, entries, said(ClaimAct::paid, "BG", 34'001, "p")));
    EXPECT_EQ(above.field, "amount");
    EXPECT_EQ(above.what, "what is outstanding is 340.00 EUR at most: 340.01 EUR is above it");
    EXPECT_EQ(refused(check_theirs(of, entries, said(ClaimAct::paid, "BG", 34'001, "p"))).field,
        "amount");
    entries.push_back(said(ClaimAct::paid, "BG", 20'000, "p1"));
    EXPECT_TRUE(check_own(of, entries, said(ClaimAct::paid, "BG", 14'000, "p2")).ok());
    EXPECT_FALSE(check_own(of, entries, said(ClaimAct::paid, "BG", 14'001, "p2")).ok())
        << "what is under way counts";
    entries.push_back(said(ClaimAct::not_received, "RO", 20'000, "n", "p1"));
    EXPECT_TRUE(check_own(of, entries, said(ClaimAct::paid, "BG", 34'000, "p2")).ok())
        << "what never came does not";
}

TEST(Account, an_amount_is_at_least_one_and_at_most_the_limit)
{
    EXPECT_FALSE(check_amount("amount", -1).ok());
    EXPECT_FALSE(check_amount("amount", 0).ok());
    EXPECT_TRUE(check_amount("amount", 1).ok());
    EXPECT_TRUE(check_amount("amount", amount_max).ok());
    EXPECT_FALSE(check_amount("amount", amount_max + 1).ok());
    EXPECT_FALSE(check_amount("amount", INT64_MAX).ok());
    EXPECT_EQ(refused(check_amount("amount", 0)).field, "amount");
    auto const entries = claimed();
    for (auto const amount : { std::int64_t { 0 }, std::int64_t { -5 }, INT64_MAX, INT64_MIN })
        EXPECT_EQ(refused(check_theirs(of, entries, said(ClaimAct::paid, "BG", amount, "p"))).kind,
            Error::Kind::malformed);
}

TEST(Account, the_sums_of_a_claim_with_as_many_entries_as_it_may_have_do_not_overflow)
{
    Claim const large { "RO-CL-2", "RO", "BG", "A35", amount_max, "RSD" };
    std::vector<Entry> entries { said(ClaimAct::claimed, "RO", amount_max, "c") };
    while (entries.size() + 2 <= entries_max) {
        auto const number = std::to_string(entries.size());
        entries.push_back(said(ClaimAct::paid, "BG", amount_max, "p" + number));
        entries.push_back(
            said(ClaimAct::not_received, "RO", amount_max, "n" + number, "p" + number));
    }
    EXPECT_EQ(standing_of(large, entries).outstanding, amount_max);
    entries.resize(entries_max - 1);
    EXPECT_TRUE(check_own(large, entries, said(ClaimAct::disputed, "BG", 0, "d")).ok());
    entries.push_back(said(ClaimAct::disputed, "BG", 0, "d"));
    EXPECT_EQ(refused(check_own(large, entries, said(ClaimAct::accepted, "BG", 0, "a"))).kind,
        Error::Kind::too_large);
}

TEST(Account, a_claim_that_was_settled_cannot_be_settled_again)
{
    auto entries = claimed();
    entries.push_back(said(ClaimAct::paid, "BG", 34'000, "p"));
    EXPECT_EQ(standing_of(of, entries).state, ClaimState::open) << "nobody confirmed it";
    entries.push_back(said(ClaimAct::received, "RO", 34'000, "r", "p"));
    EXPECT_EQ(standing_of(of, entries).state, ClaimState::settled);
    EXPECT_TRUE(open_acts(of, entries, "RO").empty());
    EXPECT_TRUE(open_acts(of, entries, "BG").empty());
    for (auto const act : { ClaimAct::paid, ClaimAct::accepted, ClaimAct::disputed })
        EXPECT_EQ(refused(check_own(of, entries, said(act, "BG", 1, "x"))).what,
            "claim RO-CL-1 is settled");
    EXPECT_EQ(
        refused(check_own(of, entries, said(ClaimAct::received, "RO", 34'000, "r2", "p"))).what,
        "this payment was answered already");
}

TEST(Account, a_payment_is_confirmed_by_whom_it_was_made_to_in_its_own_amount)
{
    auto entries = claimed();
    entries.push_back(said(ClaimAct::paid, "BG", 10'000, "p"));
    auto const check = [&](std::string party, std::int64_t amount, std::string payment) {
        return check_own(of, entries,
            said(ClaimAct::received, std::move(party), amount, "r", std::move(payment)));
    };
    EXPECT_EQ(refused(check("BG", 10'000, "p")).field, "answers") << "not by who paid";
    EXPECT_EQ(refused(check("RO", 10'000, "other")).field, "answers");
    EXPECT_EQ(refused(check("RO", 9'999, "p")).field, "amount");
    EXPECT_TRUE(check("RO", 10'000, "p").ok());
}

TEST(Account, each_side_says_only_what_is_its_own_to_say)
{
    auto const entries = claimed();
    EXPECT_EQ(refused(check_own(of, entries, said(ClaimAct::waived, "BG", 1, "w"))).field, "act");
    EXPECT_EQ(refused(check_own(of, entries, said(ClaimAct::accepted, "RO", 0, "a"))).field, "act");
    EXPECT_EQ(refused(check_own(of, entries, said(ClaimAct::paid, "RS", 1, "p"))).kind,
        Error::Kind::not_found)
        << "a third Party has no word in it";
    EXPECT_EQ(
        refused(check_own(of, { entries.data(), 1 }, said(ClaimAct::paid, "BG", 1, "p"))).what,
        "the claim has not been sent");
    EXPECT_EQ(
        refused(check_own(of, entries, said(ClaimAct::partly_accepted, "BG", 34'000, "a"))).field,
        "amount");
    EXPECT_TRUE(check_own(of, entries, said(ClaimAct::partly_accepted, "BG", 33'999, "a")).ok());
    EXPECT_EQ(
        refused(check_own(of, entries, said(ClaimAct::waived, "RO", 34'001, "w"))).field, "amount");
}

TEST(Account, what_the_other_node_did_not_take_counts_as_never_said)
{
    auto entries = claimed();
    entries.push_back(said(ClaimAct::waived, "RO", 4'000, "w"));
    EXPECT_EQ(standing_of(of, entries).outstanding, 30'000);
    auto const undone = said(ClaimAct::failed, "RO", 4'000, "", "w");
    EXPECT_EQ(effect_of(of, entries, undone).owed, 4'000);
    entries.push_back(undone);
    EXPECT_EQ(standing_of(of, entries).outstanding, 34'000);
    entries.push_back(said(ClaimAct::failed, "RO", 34'000, "", "c"));
    EXPECT_EQ(standing_of(of, entries).state, ClaimState::failed);
    EXPECT_TRUE(open_acts(of, entries, "RO").empty());
}

TEST(Account, amounts_are_told_in_whole_cents_of_a_currency_that_is_kept)
{
    EXPECT_EQ(amount_text(34'005, "EUR"), "340.05 EUR");
    EXPECT_EQ(amount_text(-5, "RSD"), "-0.05 RSD");
    EXPECT_TRUE(is_currency("RSD"));
    EXPECT_FALSE(is_currency("JPY")) << "has no hundredths";
    EXPECT_FALSE(is_currency("eur"));
}

} // namespace comity::claims
