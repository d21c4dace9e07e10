#include "casework/handover.h"

#include "casework/shift_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace comity::casework {
namespace {

using access::Refusal;
using store::Transaction;

constexpr auto no_right = "A31(4)(d)";
constexpr std::size_t note_bytes_max = 2000;

Error no_case(std::string_view number)
{
    return { Error::Kind::not_found, fmt::format("there is no case '{}'", number), "number" };
}

ShiftCase line_of(CaseRow const& row)
{
    return { row.number, row.kind, row.requesting, row.requested, row.state,
        is_open(row.state) ? row.due_at : std::nullopt };
}

Result<void> check(NewErrand const& fresh, Instant now)
{
    if (fresh.text.find_first_not_of(" \t\n") == std::string::npos)
        return Error { Error::Kind::malformed, "a task says what is to be done", "text" };
    if (fresh.text.size() > errand_text_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("a task has {} bytes at most", errand_text_bytes_max), "text" };
    if (fresh.due_at && *fresh.due_at <= now)
        return Error { Error::Kind::malformed, "this moment has passed", "dueAt" };
    return {};
}

Result<std::vector<AccessEntry>> held_of(Transaction& t, std::string_view number, Instant now)
{
    return holding(TRY(access_entries(t, number)), now);
}

bool has_case(std::span<AccessEntry const> held, std::string_view account)
{
    return std::ranges::any_of(held, [&](AccessEntry const& each) {
        return each.account == account && each.act != AccessAct::emergency;
    });
}

} // namespace

Handover::Handover(store::Store& store, protection::Vault& vault, Casework& casework,
    Settings settings, Clock clock)
    : store_(store)
    , vault_(vault)
    , casework_(casework)
    , settings_(std::move(settings))
    , clock_(std::move(clock))
{
}

/// What they say lies in the vault; a list of them is noted as a list.
Result<void> Handover::read_texts(std::vector<Errand>& errands, Officer const& officer) const
{
    std::vector<std::string> ids;
    ids.reserve(errands.size());
    for (auto const& each : errands) ids.push_back(item_of(each));
    CaseRow list {};
    list.number = "errands";
    auto const texts = TRY(vault_.headings(ids, use_of(list, officer, {}, true)));
    for (std::size_t i = 0; i < errands.size(); ++i) errands[i].text = texts[i];
    return {};
}

Result<std::vector<Errand>> Handover::errands(std::string_view number, Officer const& officer)
{
    bool closed = false;
    auto out = TRY(store_.read([&](Transaction& t) -> Result<std::vector<Errand>> {
        if (!TRY(find_case(t, number))) return no_case(number);
        closed = TRY(refused_to_open(t, number, officer, clock_())).has_value();
        return errands_of(t, number);
    }));
    if (closed) return std::vector<Errand> {};
    TRY(read_texts(out, officer));
    return out;
}

Result<std::optional<Refusal>> Handover::add_errand(std::string_view number, NewErrand const& fresh,
    std::string_view account, Officer const& officer)
{
    auto const now = clock_();
    TRY(check(fresh, now));
    return store_.write([&](Transaction& t) -> Result<std::optional<Refusal>> {
        auto const row = TRY(find_case(t, number));
        if (!row) return no_case(number);
        if (auto refused = TRY(refused_to_open(t, number, officer, now))) return refused;
        auto const held = TRY(held_of(t, number, now));
        auto const found = std::ranges::find(held, account, &AccessEntry::account);
        if (found == held.end())
            return Error { Error::Kind::malformed,
                "only who stands on the list of the case can have a task in it", "officer" };
        auto const place = static_cast<std::int64_t>(TRY(errands_of(t, number)).size()) + 1;
        if (place > errands_max)
            return Error { Error::Kind::too_large,
                fmt::format("a case has {} tasks at most", errands_max), "number" };
        Errand const errand { place, row->number, found->account, found->name, officer.name, now,
            fresh.due_at };
        TRY(insert_errand(t, errand));
        auto const label = label_of(
            settings_, { settings_.party, row->purpose, { "A31(4)(a)-1" } }, "errand", {}, now);
        TRY(vault_.put(t, { item_of(errand), label, to_bytes(fresh.text), {}, {}, fresh.text },
            { officer.account, row->number }));
        TRY(insert_event(t,
            { row->number, now, now, "errand-made", officer.name, {}, {},
                { { "officer", errand.officer } } }));
        casework_.tell(t, row->number);
        return std::optional<Refusal> {};
    });
}

Result<std::optional<Refusal>> Handover::finish_errand(
    std::string_view number, std::int64_t place, Officer const& officer)
{
    auto const now = clock_();
    return store_.write([&](Transaction& t) -> Result<std::optional<Refusal>> {
        auto const all = TRY(errands_of(t, number));
        auto const found = std::ranges::find(all, place, &Errand::place);
        if (found == all.end())
            return Error { Error::Kind::not_found, "this case has no such task", "place" };
        if (auto refused = TRY(refused_to_open(t, number, officer, now))) return refused;
        auto done = *found;
        done.done_at = now;
        done.done_by = officer.name;
        if (!TRY(set_done(t, done)))
            return Error { Error::Kind::conflict, "this task is done already", "place" };
        TRY(insert_event(t,
            { done.case_number, now, now, "errand-done", officer.name, {}, {},
                { { "officer", done.officer } } }));
        casework_.tell(t, done.case_number);
        return std::optional<Refusal> {};
    });
}

Result<ShiftView> Handover::shift_of(Officer const& officer)
{
    auto const now = clock_();
    auto out = TRY(store_.read([&](Transaction& t) -> Result<ShiftView> {
        ShiftView view;
        std::map<std::string, bool, std::less<>> his;
        auto const is_his = [&](std::string const& number) -> Result<bool> {
            auto const known = his.find(number);
            if (known != his.end()) return known->second;
            bool const has = has_case(TRY(held_of(t, number, now)), officer.account);
            return his.emplace(number, has).first->second;
        };
        view.shift = TRY(running_shift(t, officer.account));
        for (auto const& row : TRY(open_cases_named(t, officer.account, shift_cases_max)))
            if (TRY(is_his(row.number))) view.open.push_back(line_of(row));
        if (view.shift)
            for (auto& event :
                TRY(events_since(t, officer.account, view.shift->begun_at, shift_changes_max)))
                if (TRY(is_his(event.case_number)))
                    view.changes.push_back({ event.case_number, event.recorded_at, event.act,
                        event.actor, std::move(event.facts) });
        for (auto& each : TRY(open_errands_of(t, officer.account)))
            if (TRY(is_his(each.case_number))) view.errands.push_back(std::move(each));
        for (auto& each : TRY(waiting_proposals(t, officer.account)))
            if (TRY(is_his(each.case_number))) view.proposals.push_back(std::move(each));
        if (!officer.keeps_desk) return view;
        for (auto const& row : TRY(open_cases_untaken(t, settings_.party, shift_cases_max)))
            view.untaken.push_back(line_of(row));
        for (auto& each : TRY(offered_shifts(t)))
            if (each.account != officer.account) view.offered.push_back(std::move(each));
        return view;
    }));
    TRY(read_texts(out.errands, officer));
    return out;
}

Result<Shift> Handover::begin_shift(Officer const& officer)
{
    return store_.write([&](Transaction& t) -> Result<Shift> {
        if (TRY(running_shift(t, officer.account)))
            return Error { Error::Kind::conflict, "your shift has begun already", "shift" };
        TRY(insert_shift(t, { 0, officer.account, officer.name, clock_() }));
        auto begun = TRY(running_shift(t, officer.account));
        MUST(begun.has_value());
        return std::move(*begun);
    });
}

Result<Shift> Handover::offer_shift(std::string_view note, Officer const& officer)
{
    if (note.size() > note_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("the note is longer than {} bytes", note_bytes_max), "note" };
    return store_.write([&](Transaction& t) -> Result<Shift> {
        auto shift = TRY(running_shift(t, officer.account));
        if (!shift) return Error { Error::Kind::conflict, "you have begun no shift", "shift" };
        shift->offered_at = clock_();
        shift->note = std::string { note };
        TRY(update_shift(t, *shift));
        return std::move(*shift);
    });
}

/// He who goes names who comes, and stands on the list no more.
Result<void> Handover::hand_over(
    Transaction& t, Shift const& shift, std::string const& number, Officer const& next)
{
    auto const now = clock_();
    auto const held = TRY(held_of(t, number, now));
    if (!has_case(held, shift.account)) return {};
    auto const enter
        = [&](AccessAct act, std::string const& account, std::string const& name) -> Result<void> {
        TRY(insert_access(t, number, { act, account, name, now, shift.officer }));
        return insert_event(t,
            { number, now, now, fmt::format("access-{}", json::word(act)), shift.officer, {},
                { "A32(1)" }, { { "officer", name }, { "reason", "" } } });
    };
    if (!has_case(held, next.account)) TRY(enter(AccessAct::added, next.account, next.name));
    TRY(enter(AccessAct::ended, shift.account, shift.officer));
    TRY(pass_errands_on(t, number, shift.account, next));
    casework_.tell(t, number);
    return {};
}

Result<std::optional<Refusal>> Handover::take_shift(std::int64_t id, Officer const& officer)
{
    return store_.write([&](Transaction& t) -> Result<std::optional<Refusal>> {
        if (!officer.keeps_desk || !officer.has_account)
            return std::optional { Refusal {
                no_right, "none of your roles may take a shift over" } };
        auto shift = TRY(find_shift(t, id));
        if (!shift) return Error { Error::Kind::not_found, "there is no such shift", "shift" };
        if (!shift->offered_at || shift->ended_at)
            return Error { Error::Kind::conflict, "this shift is not offered", "shift" };
        if (shift->account == officer.account)
            return Error { Error::Kind::conflict, "this shift is your own", "shift" };
        for (auto const& row : TRY(open_cases_named(t, shift->account, shift_cases_max)))
            TRY(hand_over(t, *shift, row.number, officer));
        shift->ended_at = clock_();
        shift->taken_by = officer.name;
        TRY(update_shift(t, *shift));
        if (!TRY(running_shift(t, officer.account)))
            TRY(insert_shift(t, { 0, officer.account, officer.name, *shift->ended_at }));
        return std::optional<Refusal> {};
    });
}

} // namespace comity::casework
