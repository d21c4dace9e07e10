#include "main/commands.h"
#include "main/rooms.h"

#include <fmt/format.h>

#include <ostream>

/// What Parties owe each other, on a terminal.
namespace comity::main {
namespace {

using claims::amount_text;
using store::Transaction;

constexpr std::int64_t lines_max = 200;

struct Shown {
    claims::ClaimRow row;
    std::vector<claims::EntryRow> entries;
};

Result<Shown> shown_of(Transaction& transaction, claims::ClaimRow row)
{
    auto entries = TRY(claims::entries_of(transaction, row.claim.number));
    return Shown { std::move(row), std::move(entries) };
}

void print(Shown const& shown, std::ostream& out)
{
    auto const& claim = shown.row.claim;
    auto const now = claims::standing_of(claim, claims::entries_in(shown.entries));
    out << fmt::format("{:<12} {} to {}  {:<10} {:>18}  {:<16} outstanding {}  {}\n", claim.number,
        claim.debtor, claim.creditor, claim.provision, amount_text(claim.amount, claim.currency),
        json::word(now.state), amount_text(now.outstanding, claim.currency), shown.row.case_number);
}

} // namespace

Result<ExitCode> list_claims(Config const& config, std::ostream& out)
{
    auto const store = TRY(open_for_reading(config));
    return store->read([&](Transaction& t) -> Result<ExitCode> {
        for (auto& row : TRY(claims::newest_claims(t, lines_max)))
            print(TRY(shown_of(t, std::move(row))), out);
        return 0;
    });
}

Result<ExitCode> show_claim(Config const& config, std::string const& number, std::ostream& out)
{
    auto const store = TRY(open_for_reading(config));
    return store->read([&](Transaction& t) -> Result<ExitCode> {
        auto const row = TRY(claims::find_claim(t, number));
        if (!row)
            return Error { Error::Kind::not_found, fmt::format("there is no claim '{}'", number),
                "number" };
        auto const shown = TRY(shown_of(t, *row));
        print(shown, out);
        for (auto const& each : shown.entries) {
            out << fmt::format("  {}  {}  {:<15} {}", to_text(each.entry.at), each.entry.party,
                json::word(each.entry.act), each.actor);
            if (each.entry.amount != 0)
                out << ": " << amount_text(each.entry.amount, row->claim.currency);
            out << (each.waits ? "  [the other node has not taken it]\n" : "\n");
        }
        return 0;
    });
}

Result<ExitCode> show_balance(Config const& config, std::ostream& out)
{
    auto const store = TRY(open_for_reading(config));
    return store->read([&](Transaction& t) -> Result<ExitCode> {
        for (auto const& each : TRY(claims::balances_with(t, config.party)))
            out << fmt::format("{}: they owe {}, we owe {}, net {}\n", each.party,
                amount_text(each.they_owe, each.currency), amount_text(each.we_owe, each.currency),
                amount_text(each.net, each.currency));
        return 0;
    });
}

} // namespace comity::main
