#include "treaty/party.h"

#include "treaty/deadline.h"

namespace comity::treaty {

Result<PartyCode> PartyCode::parse(std::string_view text)
{
    auto const capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (text.size() != 2 || !capital(text[0]) || !capital(text[1]))
        return Error { Error::Kind::malformed,
            "'" + std::string { text.substr(0, 20) } + "' is not a State's code such as RO" };
    PartyCode out;
    out.letters_ = { text[0], text[1] };
    return out;
}

std::optional<Date> Party::computed_in_force_on() const
{
    if (!deposited_on) return std::nullopt;
    return entry_into_force(*deposited_on);
}

std::optional<Date> Party::in_force_on() const
{
    return published_in_force_on ? published_in_force_on : computed_in_force_on();
}

std::optional<Date> Party::left_on() const
{
    if (!withdrawal_received_on) return std::nullopt;
    return due_date(term::withdrawal.amount, *withdrawal_received_on);
}

Truth Party::in_force(Date date) const
{
    if (auto const left = left_on(); left && date >= *left) return false;
    if (auto const on = in_force_on()) return date >= *on;
    if (in_force_not_before && date < *in_force_not_before) return false;
    if (in_force_not_after && date >= *in_force_not_after) return true;
    return unknown;
}

std::string_view Party::name(Date date) const
{
    for (auto const& each : names)
        if (each.validity.covers(date)) return each.name;
    return {};
}

} // namespace comity::treaty
