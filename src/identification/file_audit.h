#pragma once

#include "identification/profile_database.h"

#include <thread>

/// The audit of a file against chance where it takes longer than a desk waits: one at a time, in a
/// thread of its own, and how far it is.
namespace comity::identification {

struct AuditState {
    dna::Category category {};
    std::string rules {}; ///< Name and version.
    std::uint64_t done = 0, all = 0; ///< Profiles compared with all others.
    std::uint64_t pairs = 0; ///< Found so far.
    bool running = true;
    std::optional<dna::Audit> audit {};
    std::optional<Error> error {};
};

class FileAudit {
public:
    /// The database outlives it.
    explicit FileAudit(ProfileDatabase& database)
        : database_(database)
    {
    }
    /// Stops what runs and waits for it.
    ~FileAudit();
    FileAudit(FileAudit const&) = delete;
    FileAudit& operator=(FileAudit const&) = delete;

    /// In place of the last one. Error: conflict while one runs.
    Result<AuditState> begin(dna::Category category, dna::RuleSet rules);
    /// The one that runs, or the last one; nothing before the first.
    std::optional<AuditState> state() const;
    /// Returns when nothing runs any more.
    void wait();

private:
    void run(std::stop_token const& stop, dna::RuleSet const& rules, dna::Category category);

    ProfileDatabase& database_;
    mutable std::mutex mutex_; // the state
    std::optional<AuditState> state_;
    std::jthread thread_;
};

} // namespace comity::identification
