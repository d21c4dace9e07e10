#include "treaty/article.h"

#include <algorithm>
#include <charconv>

namespace comity::treaty {
namespace {

// Chapters as the official print has them: the headings stand before Articles 4, 26 and 33.
constexpr Article all_articles[] {
    { 0, 0, "Preamble" },
    { 1, 0, "Scope" },
    { 2, 0, "Definitions" },
    { 3, 0, "General measures of cooperation" },
    { 4, 1, "Cooperation on request" },
    { 5, 1, "What information is exchanged" },
    { 6, 1, "Information without a request" },
    { 7, 1, "Joint analysis of threats" },
    { 8, 1, "Regular exchange on illegal migration" },
    { 9, 1, "Liaison officers" },
    { 10, 1, "Protection of witnesses" },
    { 11, 1, "Training and exchange of experience" },
    { 12, 1, "Prevention" },
    { 13, 1, "Hot pursuit" },
    { 14, 1, "Cross-border surveillance" },
    { 15, 1, "Controlled delivery" },
    { 16, 1, "Undercover investigation of crimes" },
    { 17, 1, "Undercover investigation to prevent crimes" },
    { 18, 1, "Evidence in imminent danger" },
    { 19, 1, "Body search" },
    { 20, 1, "DNA profiles and other identification material" },
    { 21, 1, "Who answers requests of this chapter" },
    { 22, 1, "Legal status of officials" },
    { 23, 1, "Liability of officials" },
    { 24, 1, "Technical measures at the border" },
    { 25, 1, "Places of accommodation" },
    { 26, 2, "Working together, searches across the border" },
    { 27, 2, "Joint Investigation Teams" },
    { 28, 2, "Mixed patrols along the border" },
    { 29, 2, "Common centres" },
    { 30, 2, "Limits of cooperation" },
    { 31, 2, "Protection of personal data" },
    { 32, 2, "Confidentiality and classified information" },
    { 33, 3, "Committee of Ministers" },
    { 34, 3, "Implementing agreements and notices" },
    { 35, 3, "Costs" },
    { 36, 3, "Other treaties" },
    { 37, 3, "Annexed lists" },
    { 38, 3, "Depositary" },
    { 39, 3, "Ratification and accession" },
    { 40, 3, "Entry into force" },
    { 41, 3, "Reservations" },
    { 42, 3, "Withdrawal and suspension" },
};

/// The number at the beginning of a text.
std::optional<int> leading_number(std::string_view text)
{
    int number = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc {} || !find_article(number)) return std::nullopt;
    return number;
}

} // namespace

std::span<Article const> articles()
{
    return all_articles;
}

Article const* find_article(int number)
{
    auto const found = std::ranges::find(all_articles, number, &Article::number);
    return found == std::ranges::end(all_articles) ? nullptr : &*found;
}

std::optional<int> article_of(std::string_view id)
{
    if (id.starts_with("PRE-")) return 0;
    if (id.starts_with("RES-")) return 41;
    if (id == "ANX-0") return 37; // all annexed lists together
    if (id.starts_with("ANX-")) return leading_number(id.substr(4));
    if (id.starts_with('A')) return leading_number(id.substr(1));
    return std::nullopt;
}

std::vector<Provision const*> provisions_of(int article)
{
    auto out = provisions();
    std::erase_if(out, [&](Provision const* each) { return article_of(each->id) != article; });
    return out;
}

std::string_view file_of(Provision const& provision)
{
    for (auto const* part : parts())
        for (auto const& each : part->provisions)
            if (&each == &provision) return part->file;
    MUST(!"a provision stands in one of the parts");
    return {};
}

int article_of(AgreementTerm term)
{
    switch (term) {
    case AgreementTerm::liaison_officers:
    case AgreementTerm::liaison_representation: return 9;
    case AgreementTerm::hot_pursuit:
    case AgreementTerm::pursuit_offences:
    case AgreementTerm::pursuit_detention:
    case AgreementTerm::pursuit_unlimited:
    case AgreementTerm::pursuit_area_metres:
    case AgreementTerm::pursuit_time_minutes:
    case AgreementTerm::pursuit_services:
    case AgreementTerm::pursuit_further_grounds: return 13;
    case AgreementTerm::surveillance:
    case AgreementTerm::surveillance_authority:
    case AgreementTerm::surveillance_urgent_offences:
    case AgreementTerm::surveillance_services:
    case AgreementTerm::surveillance_technical_means: return 14;
    case AgreementTerm::undercover_costs: return 16;
    case AgreementTerm::equipment_use: return 24;
    case AgreementTerm::common_centre: return 29;
    case AgreementTerm::security_level:
    case AgreementTerm::wire_level: return 32;
    }
    MUST(!"every term belongs to an article");
    return 0;
}

std::vector<int> articles_of(NationalRule rule)
{
    switch (rule) {
    case NationalRule::undercover: return { 16 };
    case NationalRule::preventive_undercover: return { 17 };
    case NationalRule::evidence_by_police:
    case NationalRule::evidence_court_order: return { 18 };
    case NationalRule::body_search: return { 19 };
    case NationalRule::stored_profiles: return { 20 };
    case NationalRule::accommodation_forms_withheld: return { 25 };
    case NationalRule::weapons_abroad_refused:
    case NationalRule::uniform_abroad_refused: return { 26, 28 };
    }
    MUST(!"every rule belongs to an article");
    return {};
}

} // namespace comity::treaty
