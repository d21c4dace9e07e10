#include "identification/profile_database.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::identification {
namespace {

using dna::Category;
using protection::Actor;
using store::Transaction;

constexpr std::int64_t rows_at_once = 256; // of one commit at the start
constexpr std::int64_t due_at_once = 64;
constexpr std::int64_t changes_at_once = 256;
constexpr std::size_t categories_count = 5;
constexpr std::string_view items = "dna/"; // how their ids begin in the vault

protection::Label label_of(NewProfile const& fresh)
{
    protection::Label out;
    out.owner = fresh.owner;
    out.purpose = fresh.purpose;
    out.legal_basis = fresh.legal_basis;
    out.deadlines.own_rule = fresh.erase_by;
    out.categories = { protection::Category::biometric };
    return out;
}

protection::Use node_use(ProfileRow const& row, std::string_view need)
{
    protection::Use out;
    out.officer = "node";
    out.needs_to_know = true;
    out.need = need;
    out.purpose = row.purpose;
    out.operation = protection::Operation::retrieve;
    return out;
}

/// A kept one is named after its request too: asked for anew it is another item, which does not go
/// with the earlier request.
std::string item_of(NewProfile const& fresh)
{
    auto out = fmt::format("{}{}/{}", items, fresh.owner, fresh.profile.reference);
    return fresh.request.empty() ? out : fmt::format("{}/{}", out, fresh.request);
}

/// What a profile in the vault says: as it travels, with what a message has no room for.
struct Sheet {
    message::Profile profile;
    bool consent;
    std::optional<Consent> consent_record {};
};
BOOST_DESCRIBE_STRUCT(Sheet, (), (profile, consent, consent_record))

/// Relatives are nobody's suspects: they are held for one missing person, with their consent.
Result<void> check_relative(NewProfile const& fresh, std::string_view own_state)
{
    if (fresh.profile.category != Category::relative) return {};
    auto const& reference = fresh.profile.reference;
    if (!fresh.consent)
        return Error { Error::Kind::malformed,
            fmt::format("{} is of a relative, whose consent is not recorded", reference),
            "consent" };
    if (fresh.owner != own_state)
        return Error { Error::Kind::malformed,
            fmt::format("{} is of another Party's relative, who is never kept", reference),
            "owner" };
    auto const& consent = *fresh.consent;
    for (auto const& [field, text] :
        { std::pair { "number", &consent.number }, { "givenBy", &consent.given_by },
            { "takenBy", &consent.taken_by }, { "missingPerson", &consent.missing_person } })
        if (text->empty())
            return Error { Error::Kind::malformed, "a consent says who, to whom and for what",
                fmt::format("consent.{}", field) };
    if (consent.valid_until < fresh.erase_by)
        return Error { Error::Kind::malformed, "kept for longer than the consent holds",
            "eraseBy" };
    return {};
}

} // namespace

struct ProfileDatabase::Kept {
    dna::Profile profile;
    std::optional<Consent> consent;
};

ProfileDatabase::ProfileDatabase(store::Store& store, protection::Vault& vault,
    dna::Knowledge const& knowledge, Settings settings)
    : store_(store)
    , vault_(vault)
    , knowledge_(knowledge)
    , settings_(std::move(settings))
{
    auto const dictionary = dna::common_alleles(knowledge_.frequencies, knowledge_.table);
    for (auto& each : shelves_) each.index = dna::Index::in_memory(dictionary, knowledge_.table);
    self_ = std::make_shared<ProfileDatabase*>(this);
    vault_.on_destroyed([self = std::weak_ptr { self_ }](
                            Transaction& transaction, protection::Destroyed const& destroyed) {
        auto const alive = self.lock();
        return alive ? (*alive)->hear(transaction, destroyed) : Result<void> {};
    });
}

Result<std::unique_ptr<ProfileDatabase>> ProfileDatabase::open(store::Store& store,
    protection::Vault& vault, dna::Knowledge const& knowledge, Settings settings)
{
    auto out = std::make_unique<ProfileDatabase>(store, vault, knowledge, std::move(settings));
    TRY(out->load());
    return out;
}

Result<void> ProfileDatabase::load()
{
    auto const today = TRY(vault_.today());
    // Before the rows: what comes while they are read is followed.
    followed_ = TRY(store_.read([](Transaction& t) { return last_change(t); }));
    std::string after;
    for (bool more = true; more;) {
        auto const rows = TRY(
            store_.read([&](Transaction& t) { return profiles_after(t, after, rows_at_once); }));
        more = !rows.empty();
        if (more) after = rows.back().item;
        TRY(store_.write([&](Transaction& t) -> Result<void> {
            for (auto const& row : rows) {
                if (row.erase_by <= today) continue; // destroy_due() is about to end it
                auto const kept = open_kept(t, row, "search index");
                std::unique_lock const hold { shelves_mutex_ };
                if (kept.ok())
                    put(row, kept.value());
                else
                    ++left_out_;
            }
            return {};
        }));
    }
    return {};
}

File ProfileDatabase::file_of(ProfileRow const& row) const
{
    return row.owner == settings_.own_state ? File::national : File::kept;
}

ProfileDatabase::Shelf& ProfileDatabase::shelf(File file, Category category)
{
    return shelves_[static_cast<std::size_t>(file) * categories
        + static_cast<std::size_t>(category)];
}

ProfileDatabase::Shelf const& ProfileDatabase::shelf(File file, Category category) const
{
    return shelves_[static_cast<std::size_t>(file) * categories
        + static_cast<std::size_t>(category)];
}

void ProfileDatabase::put(ProfileRow const& row, Kept const& kept)
{
    auto const& profile = kept.profile;
    auto& target = shelf(file_of(row), profile.category);
    if (target.numbers.contains(row.put)) return;
    auto const numbers = target.index->insert({ &profile.genotype, 1 });
    MUST(numbers.ok()); // nothing of it is on a disk
    target.rows.emplace(numbers.value().front(), row);
    target.numbers.emplace(row.put, numbers.value().front());
    if (kept.consent)
        relatives_.insert_or_assign(row.reference, KnownRelative { row, profile, *kept.consent });
}

void ProfileDatabase::drop(std::int64_t put)
{
    for (auto& from : shelves_) {
        auto const found = from.numbers.find(put);
        if (found == from.numbers.end()) continue;
        MUST(from.index->destroy(found->second).ok());
        auto const row = from.rows.find(found->second);
        auto const known = relatives_.find(row->second.reference);
        if (known != relatives_.end() && known->second.row.put == put) relatives_.erase(known);
        from.rows.erase(row);
        from.numbers.erase(found);
    }
}

bool ProfileDatabase::holds(ProfileRow const& row) const
{
    std::shared_lock const hold { shelves_mutex_ };
    return std::ranges::any_of(
        shelves_, [&](Shelf const& each) { return each.numbers.contains(row.put); });
}

std::optional<dna::LocusMask> ProfileDatabase::typed(ProfileRow const& row) const
{
    std::shared_lock const hold { shelves_mutex_ };
    for (auto const& each : shelves_) {
        auto const found = each.numbers.find(row.put);
        if (found == each.numbers.end()) continue;
        if (auto const genotype = each.index->read(found->second)) return dna::loci_of(*genotype);
    }
    return {};
}

/// A change of this process, behind its commit. Commits come in the order of their numbers, so
/// nothing of others lies between this one and the one before.
void ProfileDatabase::take_own(std::int64_t change, std::function<void()> const& apply)
{
    std::unique_lock const hold { shelves_mutex_ };
    if (change <= followed_) return; // follow() was quicker, and may know what came later
    apply();
    if (change == followed_ + 1) followed_ = change;
}

Result<void> ProfileDatabase::follow()
{
    auto const newest = TRY(store_.read([](Transaction& t) { return last_change(t); }));
    if (newest <= followed_) return {};
    std::scoped_lock const alone { follow_mutex_ };
    while (followed_ < newest) TRY(follow_some());
    return {};
}

/// MUST: there is a change that was not followed.
Result<void> ProfileDatabase::follow_some()
{
    auto const changes = TRY(
        store_.read([&](Transaction& t) { return changes_after(t, followed_, changes_at_once); }));
    MUST(!changes.empty()); // the newest one never goes
    std::vector<std::pair<ProfileRow, Kept>> came;
    TRY(store_.write([&](Transaction& t) -> Result<void> {
        came.clear();
        for (auto const& change : changes) {
            if (change.gone != 0) continue;
            auto row = TRY(profile_put(t, change.number));
            if (!row || holds(*row) || row->erase_by <= TRY(vault_.today())) continue;
            auto kept = TRY(open_kept(t, *row, "search index"));
            came.emplace_back(std::move(*row), std::move(kept));
        }
        return {};
    }));
    std::unique_lock const hold { shelves_mutex_ };
    for (auto const& [row, kept] : came) put(row, kept);
    for (auto const& change : changes)
        if (change.gone != 0) drop(change.gone);
    followed_ = std::max(followed_.load(), changes.back().number);
    return {};
}

Result<void> ProfileDatabase::keep(
    Transaction& transaction, NewProfile const& fresh, Actor const& actor)
{
    auto const& profile = fresh.profile;
    if (dna::mixed(profile.genotype))
        return Error { Error::Kind::malformed,
            fmt::format("{} is a mixed profile: more than one person's alleles", profile.reference),
            "loci" };
    TRY(check_relative(fresh, settings_.own_state));
    ProfileRow row { item_of(fresh), fresh.owner, profile.reference, fresh.purpose, fresh.erase_by,
        fresh.case_number };
    Sheet const sheet { message_of(profile, knowledge_.table), profile.consent, fresh.consent };
    row.put = TRY(insert_profile(transaction, row));
    TRY(vault_.put(
        transaction, { row.item, label_of(fresh), to_bytes(json::to_text(sheet)), {}, {} }, actor));
    if (!fresh.request.empty())
        TRY(vault_.add_copy(
            transaction, fresh.request, { protection::CopyKind::attachment, row.item }));
    transaction.after_commit([this, row, kept = Kept { profile, fresh.consent }] {
        take_own(row.put, [&] { put(row, kept); });
    });
    return {};
}

Result<void> ProfileDatabase::destroy(Transaction& transaction, ProfileRow const& row,
    message::DestructionGround ground, Actor const& actor)
{
    TRY(vault_.destroy(transaction, row.item, ground, actor));
    return forget(transaction, row); // whose item was gone before
}

Result<void> ProfileDatabase::forget(Transaction& transaction, ProfileRow const& row)
{
    auto const change = TRY(delete_profile(transaction, row));
    if (!change) return {};
    transaction.after_commit(
        [this, put = row.put, change = *change] { take_own(change, [&] { drop(put); }); });
    return {};
}

/// In the commit in which the vault destroys it: on its day, with its request, on a Party's last.
Result<void> ProfileDatabase::hear(Transaction& transaction, protection::Destroyed const& destroyed)
{
    if (!destroyed.id.starts_with(items)) return {};
    auto const row = TRY(find_profile(transaction, destroyed.id));
    if (!row) return {};
    return forget(transaction, *row);
}

Result<std::size_t> ProfileDatabase::destroy_due(Date today)
{
    std::size_t done = 0;
    for (std::size_t now = 1; now > 0; done += now)
        now = TRY(store_.write([&](Transaction& t) -> Result<std::size_t> {
            auto const rows = TRY(profiles_due(t, today, due_at_once));
            for (auto const& row : rows)
                TRY(destroy(t, row, message::DestructionGround::deadline,
                    { "node", row.case_number.empty() ? "search index" : row.case_number }));
            return rows.size();
        }));
    return done;
}

Result<ProfileDatabase::Kept> ProfileDatabase::open_kept(
    Transaction& transaction, ProfileRow const& row, std::string_view need)
{
    auto const opened = TRY(vault_.read(transaction, row.item, node_use(row, need)));
    if (!opened.content)
        return Error { Error::Kind::not_permitted, opened.judgement.objections.front().reason,
            opened.judgement.objections.front().provision };
    auto sheet = TRY(json::read_text<Sheet>(as_text(*opened.content), json::Unknown::keep));
    auto profile = TRY(profile_of(sheet.profile, knowledge_.table));
    Kept out { std::move(profile), std::move(sheet.consent_record) };
    out.profile.consent = sheet.consent;
    return out;
}

Result<dna::Profile> ProfileDatabase::read(
    Transaction& transaction, ProfileRow const& row, std::string_view need)
{
    return TRY(open_kept(transaction, row, need)).profile;
}

Found ProfileDatabase::judged(ProfileRow const& row, dna::Hit const& hit, dna::RuleSet const& rules,
    std::uint64_t profiles) const
{
    return { row.owner, row.reference, row.case_number, hit.genotype, hit.comparison,
        dna::weigh(hit.comparison, knowledge_.frequencies, settings_.theta),
        dna::expected_by_chance(
            hit.comparison, rules, knowledge_.frequencies, settings_.theta, profiles) };
}

Result<Searched> ProfileDatabase::search(
    dna::Profile const& query, dna::RuleSet const& rules, File file)
{
    TRY(follow());
    Searched out;
    std::vector<std::pair<ProfileRow, dna::Hit>> hits;
    std::shared_lock const hold { shelves_mutex_ };
    for (std::size_t i = 0; i < categories_count; ++i) {
        auto const category = static_cast<Category>(i);
        if (dna::refusal_of_comparison(query.category, category)) continue;
        auto const& from = shelf(file, category);
        out.profiles += from.index->size();
        auto result = TRY(dna::search(*from.index, query.genotype, rules));
        for (auto& hit : result.hits)
            if (auto const row = from.rows.find(hit.number); row != from.rows.end())
                hits.emplace_back(row->second, std::move(hit));
    }
    std::ranges::stable_sort(hits, [](auto const& a, auto const& b) {
        auto const& left = a.second.comparison;
        auto const& right = b.second.comparison;
        return std::tuple { left.quality, right.matching }
        < std::tuple { right.quality, left.matching };
    });
    for (auto const& [row, hit] : hits) out.found.push_back(judged(row, hit, rules, out.profiles));
    return out;
}

std::uint64_t ProfileDatabase::size(File file) const
{
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < categories_count; ++i) out += size(file, static_cast<Category>(i));
    return out;
}

std::uint64_t ProfileDatabase::size(File file, Category category) const
{
    return shelf(file, category).index->size();
}

} // namespace comity::identification
