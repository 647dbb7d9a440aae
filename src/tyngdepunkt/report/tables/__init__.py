"""
The analysis as tables, the same in report and spreadsheet.

layers : blocks, their members, centres of gravity, agencies that cut blocks
frontier : every number of centres
tipping : prices of lying elsewhere
references : the plans of others
cooperation, assessments, arrangements : the register measured, the seven items, arrangements and their forms
capacity, structures, hosting : staff against norms, the sizes of services, hosts
columns : columns that rest on the same tables, each in a line
provenance : sources, certificates, versions, settings
"""
