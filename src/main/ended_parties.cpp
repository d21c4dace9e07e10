#include "main/ended_parties.h"

#include "base/file.h"

#include <fmt/format.h>

namespace comity::main {

std::optional<Date> EndedParties::last_day(treaty::PartyCode party) const
{
    std::optional<Date> out;
    for (auto const& each : rooms_.law.parties()) {
        if (each.code != party && each.code.text() != rooms_.config.party) continue;
        auto const left = each.left_on();
        if (left && (!out || *left <= *out)) out = *left - std::chrono::days { 1 };
    }
    return out;
}

Result<std::size_t> EndedParties::end_one()
{
    auto const today = TRY(rooms_.vault->today());
    for (auto const& each : rooms_.law.parties()) {
        auto const code = each.code.text();
        auto const day = last_day(each.code);
        if (code == rooms_.config.party || !day || today < *day) continue;
        auto const done = ended_.find(code);
        if (done != ended_.end() && std::min(today, *day + std::chrono::days { 1 }) <= done->second)
            continue;
        TRY(end(code, *day));
        ended_[code] = today;
        return std::size_t { 1 };
    }
    return std::size_t { 0 };
}

Result<void> EndedParties::end(std::string const& party, Date last_day)
{
    auto const certificate = TRY(rooms_.casework->end_party(party, last_day));
    auto const folder = rooms_.config.folder / "certificates";
    auto const file = folder / fmt::format("{}-{}.json", party, to_text(last_day));
    std::error_code code;
    // A second look that found nothing says no more than the first.
    if (certificate.items == 0 && std::filesystem::exists(file, code)) return {};
    std::filesystem::create_directories(folder, code);
    return write_file(file, as_view(json::to_text(certificate) + "\n"), Readable::by_owner);
}

} // namespace comity::main
