#pragma once

#include "identification/consent.h"
#include "identification/family.h"
#include "identification/identification_store.h"
#include "identification/profile.h"
#include "protection/vault.h"
#include "search/dna/audit.h"
#include "search/dna/connection_chance.h"
#include "search/dna/knowledge.h"

#include <atomic>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

/// The profiles that a State compares: its own national file, and those that other Parties asked it
/// to keep (Article 20(2)). What a profile says lies in the vault alone; the bitmaps that are
/// searched stand in memory, are built from it at the start and follow the store: every search sees
/// each change that was committed before it, whichever process of the State made it (decision 054).
namespace comity::identification {

struct NewProfile {
    std::string owner; ///< The State whose profile it is: with our own it goes into our file.
    dna::Profile profile;
    std::string purpose;
    std::vector<std::string> legal_basis;
    Date erase_by;
    std::string case_number {}; ///< Of the request that asked to keep it.
    std::optional<Consent> consent {}; ///< Of a relative.
    /// The message that asked to keep it, with which it goes; it lies in the vault.
    std::string request {};
};

/// A relative of our own index.
struct KnownRelative {
    ProfileRow row;
    dna::Profile profile;
    Consent consent;
};

/// A profile that may be the missing one of a family.
struct FoundKin {
    std::string reference;
    dna::Category category;
    dna::FamilyHit hit;
};
struct SearchedKin {
    std::vector<FoundKin> found; ///< The likeliest first.
    std::uint64_t profiles = 0;
    dna::KinPower power { 0, 0 }; ///< What was to be expected of these profiles.
};

/// A hit, with what stands beside it.
struct Found {
    std::string owner, reference, case_number;
    dna::Genotype genotype;
    dna::Comparison comparison;
    std::vector<dna::Weight> weights; ///< The lowest first.
    dna::ChanceHits chance;
};

struct Searched {
    std::vector<Found> found; ///< The surest first.
    std::uint64_t profiles = 0; ///< How many it was compared with.
};

/// One of our own that is to be compared with another Party's file.
struct OpenProfile {
    std::string item, reference;
    dna::Genotype genotype;
};

/// A hit of one of several queries.
struct FoundFor {
    std::size_t query;
    Found found;
};
struct SearchedAll {
    std::vector<FoundFor> found; ///< The surest first.
    std::uint64_t profiles = 0; ///< How many each was compared with.
};

/// Which of the two files is searched.
enum class File : std::uint8_t { national, kept };

class ProfileDatabase {
public:
    struct Settings {
        std::string own_state;
        double theta = 0.01; ///< Share of common descent (NRC II).
        std::string population = "us-caucasian"; ///< By which expectations are reckoned.
    };
    /// Reads every profile from the vault; those that cannot be opened any more are left out and
    /// counted. All outlive the database.
    static Result<std::unique_ptr<ProfileDatabase>> open(store::Store& store,
        protection::Vault& vault, dna::Knowledge const& knowledge, Settings settings);
    ProfileDatabase(store::Store& store, protection::Vault& vault, dna::Knowledge const& knowledge,
        Settings settings);

    /// Keeps one, in the caller's transaction; a search sees it after the commit. Errors:
    /// malformed for a mixed profile, a relative without consent or of another Party; conflict.
    Result<void> keep(
        store::Transaction& transaction, NewProfile const& fresh, protection::Actor const& actor);
    /// Destroys one: in the vault, in the table, and after the commit in memory. What is destroyed
    /// in the vault by anybody else goes from the table and from memory just so.
    Result<void> destroy(store::Transaction& transaction, ProfileRow const& row,
        message::DestructionGround ground, protection::Actor const& actor);
    /// Destroys what has reached its day, in commits of its own. How many.
    Result<std::size_t> destroy_due(Date today);
    /// Takes over what other processes have committed; every search begins with it. Not from inside
    /// a write. Error: a fresh profile that cannot be opened, since a hit would be lost.
    Result<void> follow();

    /// Every hit of a profile in one of the files. Relatives are compared with missing persons and
    /// bodies only. Error: too_large for more hits than anybody can look at.
    Result<Searched> search(dna::Profile const& query, dna::RuleSet const& rules, File file);
    /// Every hit of many profiles of one category in the national file, all at once. Error:
    /// too_large as dna::compare_all().
    Result<SearchedAll> search_all(
        std::span<dna::Profile const> queries, dna::RuleSet const& rules);
    /// Our own of one category, in the order of their items.
    std::vector<OpenProfile> open_profiles(dna::Category category) const;
    /// What a profile of that category is compared with in the national file.
    dna::LociCounts compared_with(dna::Category query) const;
    /// Who in the national file, of bodies and missing persons alone, may be the missing one of a
    /// family. Errors: those of dna::family_search().
    Result<SearchedKin> search_kin(
        dna::FamilyQuestion const& question, dna::FamilyOptions const& options);
    /// Whether one candidate may be the missing one of a family, with what was to be expected of
    /// our bodies and missing persons. Errors: those of dna::family_search().
    Result<SearchedKin> search_kin_in(dna::Profile const& candidate,
        dna::FamilyQuestion const& question, dna::FamilyOptions const& options);
    // As of the last follow():
    std::optional<KnownRelative> relative(std::string_view reference) const;
    std::vector<KnownRelative> relatives() const; ///< By reference.
    /// The profiles of one category in a file, by their references, with what pairs chance gives.
    Result<dna::Audit> audit(dna::Category category, dna::RuleSet const& rules,
        dna::ConnectionOptions const& options = {});
    std::string reference_of(File file, dna::Category category, dna::ProfileNumber number) const;
    std::uint64_t size(File file, dna::Category category) const;
    dna::Frequencies::Population const& population() const;
    /// Of kin: theta and the rates of mutation.
    dna::KinSettings kin_settings() const;
    /// Its loci, for whom needs to know. Errors: those of Vault::read; not_permitted.
    Result<dna::Profile> read(
        store::Transaction& transaction, ProfileRow const& row, std::string_view need);

    /// What a profile is typed for; nothing where it is gone. As of the last follow().
    std::optional<dna::LocusMask> typed(ProfileRow const& row) const;
    std::uint64_t size(File file) const;
    std::uint64_t left_out() const { return left_out_; }
    dna::Knowledge const& knowledge() const { return knowledge_; }
    double theta() const { return settings_.theta; }

private:
    /// Profiles of one category in one file.
    struct Shelf {
        std::unique_ptr<dna::Index> index;
        std::unordered_map<dna::ProfileNumber, ProfileRow> rows {};
        std::unordered_map<std::int64_t, dna::ProfileNumber> numbers {}; ///< By its `put`.
    };
    static constexpr std::size_t categories = 5;
    Shelf& shelf(File file, dna::Category category);
    Shelf const& shelf(File file, dna::Category category) const;
    File file_of(ProfileRow const& row) const;
    struct Kept;
    Result<Kept> open_kept(
        store::Transaction& transaction, ProfileRow const& row, std::string_view need);
    void put(ProfileRow const& row, Kept const& kept);
    void drop(std::int64_t put);
    Result<void> forget(store::Transaction& transaction, ProfileRow const& row);
    bool holds(ProfileRow const& row) const;
    void take_own(std::int64_t change, std::function<void()> const& apply);
    Result<void> hear(store::Transaction& transaction, protection::Destroyed const& destroyed);
    Result<void> follow_some();
    Result<void> load();
    Found judged(ProfileRow const& row, dna::Hit const& hit, dna::RuleSet const& rules,
        std::uint64_t profiles) const;

    store::Store& store_;
    protection::Vault& vault_;
    dna::Knowledge const& knowledge_;
    Settings settings_;
    /// Help with what compares many with many.
    mutable Crew crew_ { std::max(1U, std::thread::hardware_concurrency()) - 1 };
    mutable std::shared_mutex shelves_mutex_; // the rows; the indexes have their own order
    std::array<Shelf, 2 * categories> shelves_;
    std::map<std::string, KnownRelative, std::less<>> relatives_; ///< By reference.
    std::uint64_t left_out_ = 0;
    std::mutex follow_mutex_; // one follows at a time; never waited for by the store's writer
    std::atomic<std::int64_t> followed_ = 0; ///< All changes up to this stand in memory.
    std::shared_ptr<ProfileDatabase*> self_; ///< The vault may outlive it.
};

} // namespace comity::identification
