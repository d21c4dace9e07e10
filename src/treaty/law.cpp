#include "treaty/law.h"

#include <algorithm>

namespace comity::treaty {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_word(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, {}, lower, lower);
}

/// A printed marking may give alternatives: "SECRET/TOP SECRET".
bool names_marking(std::string_view printed, std::string_view asked)
{
    if (same_word(printed, asked)) return true;
    for (;;) {
        auto const end = printed.find('/');
        if (same_word(printed.substr(0, end), asked)) return true;
        if (end == std::string_view::npos) return false;
        printed.remove_prefix(end + 1);
    }
}

} // namespace

Law::Law(Tables tables)
    : tables_(std::make_shared<Tables const>(std::move(tables)))
{
}

Party const* Law::party(PartyCode code) const
{
    for (auto const& each : tables_->parties)
        if (each.code == code) return &each;
    return nullptr;
}

Truth Law::is_third_state(PartyCode code, Date date) const
{
    auto const* found = party(code);
    return found ? !found->in_force(date) : Truth { true };
}

std::span<Authority const> Law::authorities(PartyCode code) const
{
    auto const found = std::ranges::equal_range(tables_->authorities, code, {}, &Authority::party);
    return { found.begin(), found.end() };
}

std::vector<Authority const*> Law::authorities(PartyCode code, List list, Date date) const
{
    std::vector<Authority const*> out;
    for (auto const& each : authorities(code))
        if (each.list == list && each.validity.covers(date)) out.push_back(&each);
    return out;
}

Authority const* Law::authority(PartyCode code, std::string_view id, Date date) const
{
    for (auto const& each : authorities(code))
        if (each.id == id && each.validity.covers(date)) return &each;
    return nullptr;
}

bool Law::is_listed_authority(PartyCode code, std::string_view id, Date date) const
{
    std::string_view parent;
    for (auto const& each : authorities(code)) {
        if (each.id != id || !each.validity.covers(date)) continue;
        if (is_annexed(each.list)) return true;
        parent = each.part_of;
    }
    // read_law() refuses an authority that is, over others, part of itself.
    return !parent.empty() && is_listed_authority(code, parent, date);
}

std::vector<Authority const*> Law::national_central_unit(PartyCode code, Date date) const
{
    auto units = authorities(code, List::national_central_units, date);
    return units.empty() ? authorities(code, List::existing_structures, date) : units;
}

Marking const* Law::marking(PartyCode code, int level, Date date) const
{
    for (auto const& each : tables_->markings)
        if (each.party == code && each.level == level && each.validity.covers(date)) return &each;
    return nullptr;
}

std::vector<Marking const*> Law::markings(PartyCode code, std::string_view text, Date date) const
{
    std::vector<Marking const*> out;
    for (auto const& each : tables_->markings)
        if (each.party == code && each.validity.covers(date) && names_marking(each.text, text))
            out.push_back(&each);
    return out;
}

Readiness const* Law::readiness(PartyCode code) const
{
    for (auto const& each : tables_->readiness)
        if (each.party == code) return &each;
    return nullptr;
}

Truth Law::protection_ready(PartyCode code, Date date) const
{
    auto const* row = readiness(code);
    if (!row) return unknown;
    if (row->validity.covers(date)) return true;
    if (row->exact || date >= row->validity.until) return false;
    return unknown;
}

JudicialReservation const* Law::judicial_reservation(PartyCode code, Kind kind, Date date) const
{
    for (auto const& each : tables_->judicial)
        if (each.party == code && each.kind == kind && each.validity.covers(date)) return &each;
    return nullptr;
}

Reservation const* Law::reservation(std::string_view id) const
{
    auto const found = std::ranges::find(tables_->reservations, id, &Reservation::id);
    return found == tables_->reservations.end() ? nullptr : &*found;
}

} // namespace comity::treaty
